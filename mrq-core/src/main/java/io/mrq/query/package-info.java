/**
 * For applications: which jobs are meant, and pages of jobs, see {@link
 * io.mrq.client.JobInspector}. {@link JobQueries} is the port that answers.
 */
@NullMarked
package io.mrq.query;

import org.jspecify.annotations.NullMarked;
