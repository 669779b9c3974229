package io.mrq.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the history of a job ({@code traceback_history}): how an attempt ended that did not
 * succeed.
 *
 * @param date when it ended
 * @param status the status in which it ended; {@code interrupt} for a lost worker
 * @param failure what went wrong
 * @param worker the worker that ran it; null in entries that Python MRQ wrote without one
 */
public record AttemptRecord(
    Instant date, String status, Failure failure, @Nullable WorkerId worker) {}
