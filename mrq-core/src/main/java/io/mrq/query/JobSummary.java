package io.mrq.query;

import io.mrq.job.Job;

/**
 * A job as a list shows it: without result, traceback and history, its params and others' fields as
 * {@link ShortValues} cut them.
 *
 * @param cut whether any value is shorter here than in the document
 */
public record JobSummary(Job job, boolean cut) {}
