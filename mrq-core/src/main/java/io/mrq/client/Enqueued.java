package io.mrq.client;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an enqueue.
 *
 * @param id the id of the job
 * @param status the status that this call stored, or that a job of an earlier call has now; null: a
 *     job of an earlier call has ended and was deleted
 * @param created true: this call stored the job; false: an earlier call with the same idempotency
 *     key did
 */
public record Enqueued(JobId id, @Nullable JobStatus status, boolean created) {}
