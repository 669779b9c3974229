package io.mrq.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One line that a task logged.
 *
 * @param at when it was logged, to the millisecond
 * @param level such as {@code INFO}
 * @param logger the name of the logger; empty when unknown
 * @param message may contain line breaks, for example a stack trace
 * @param attempt the attempt of the job that logged it; 0 when unknown
 */
public record JobLogLine(Instant at, String level, String logger, String message, int attempt) {
  public JobLogLine {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
