package io.mrq.dispatch;

import io.mrq.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * What a worker that waits is told.
 *
 * @param queue the queue in which there is something to do
 * @param job the only job that was ready in the queue, so that the worker can claim it without
 *     taking it first; it stays in the ready set. Null if there were several, or if nothing is
 *     known of them
 */
public record WakeUp(String queue, @Nullable JobId job) {}
