package io.mrq.client;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an enqueue.
 *
 * @param id of the job
 * @param status as stored by this call, or as it is now for one that was there before; null: that
 *     one has ended and was deleted
 * @param created false: an earlier call with the same idempotency key stored it
 */
public record Enqueued(JobId id, @Nullable JobStatus status, boolean created) {}
