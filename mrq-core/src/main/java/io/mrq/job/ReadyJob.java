package io.mrq.job;

/**
 * What the dispatch index is told of a queued job.
 *
 * @param id the id of the job
 * @param queue the queue in which it waits
 * @param order its place in the queue, see {@link JobOrder}
 */
public record ReadyJob(JobId id, String queue, long order) {}
