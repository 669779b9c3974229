package io.mrq.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One line that a task logged.
 *
 * @param at when, to the millisecond
 * @param level such as {@code INFO}
 * @param logger its name; empty when nobody knows
 * @param message may hold line breaks, a stack trace for one
 * @param attempt of the job that logged it; 0 when nobody knows
 */
public record JobLogLine(Instant at, String level, String logger, String message, int attempt) {
  public JobLogLine {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
