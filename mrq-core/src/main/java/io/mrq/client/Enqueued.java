package io.mrq.client;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;

/**
 * The answer to an enqueue.
 *
 * @param id of the job
 * @param status as stored by this call, or as it is now for one that was there before
 * @param created false: an earlier call with the same idempotency key stored it
 */
public record Enqueued(JobId id, JobStatus status, boolean created) {}
