package io.mrq.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code traceback_history} (TRC-01): how an attempt that did not succeed ended.
 *
 * @param date when it ended
 * @param status the status that it ended in; {@code interrupt} for a lost worker
 * @param failure what went wrong
 * @param worker who ran it; null in entries that Python wrote without one
 */
public record AttemptRecord(
    Instant date, String status, Failure failure, @Nullable WorkerId worker) {}
