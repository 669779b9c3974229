package io.mrq.query;

import io.mrq.job.Job;

/**
 * A job as a list shows it.
 *
 * @param job without result, traceback and history; its params and the fields of other programs are
 *     cut by {@link ShortValues}
 * @param cut whether any value is shorter here than in the document
 */
public record JobSummary(Job job, boolean cut) {}
