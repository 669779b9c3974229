package io.mrq.job;

/**
 * What the dispatch index is told of a queued job.
 *
 * @param id the job
 * @param queue the queue it waits in
 * @param order its place there, see {@link JobOrder}
 */
public record ReadyJob(JobId id, String queue, long order) {}
