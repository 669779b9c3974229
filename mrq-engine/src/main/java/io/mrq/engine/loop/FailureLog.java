package io.mrq.engine.loop;

import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of a loop: a warning when they begin, another every minute while they last, and
 * a line when they are over. A store that does not answer is logged in one line, any other error
 * with its stack trace, since somebody has to find its cause.
 */
final class FailureLog {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration WARN_PERIOD = Duration.ofMinutes(1);
  private static final int MAX_MESSAGE = 500;

  private final String name;
  private final LongSupplier nanos;
  private volatile @Nullable Failing failing;

  private record Failing(long since, long logged, boolean outage, String message) {}

  FailureLog(String name, LongSupplier nanos) {
    this.name = name;
    this.nanos = nanos;
  }

  /** Notes that a step failed; called in the loop's thread only. Never throws. */
  void failed(Throwable e) {
    try {
      note(e);
    } catch (Throwable unloggable) {
      // No memory, or a log that throws: there is nothing left to do.
    }
  }

  private void note(Throwable e) {
    long now = nanos.getAsLong();
    boolean outage =
        e instanceof StoreUnavailableException || e instanceof DispatchUnavailableException;
    String message = message(e, outage);
    Failing before = failing;
    if (before == null) {
      failing = new Failing(now, now, outage, message);
      warn("failed, and is tried again until it succeeds", e, outage, message);
      return;
    }
    boolean due = before.outage() != outage || now - before.logged() >= WARN_PERIOD.toNanos();
    failing = new Failing(before.since(), due ? now : before.logged(), outage, message);
    if (due) {
      long seconds = Duration.ofNanos(now - before.since()).toSeconds();
      warn(
          "has been failing for %d s, and is tried again until it succeeds".formatted(seconds),
          e,
          outage,
          message);
    }
  }

  private void warn(String what, Throwable e, boolean outage, String message) {
    if (outage) {
      log.warn("{} {}: {}", name, what, message);
      return;
    }
    try {
      log.warn("{} {}", name, what, e);
    } catch (RuntimeException | Error unprintable) {
      log.warn("{} {}: {}", name, what, message);
    }
  }

  /** Notes that a step succeeded; called in the loop's thread only. Never throws. */
  void succeeded() {
    if (failing == null) {
      return;
    }
    failing = null;
    try {
      log.info("{} works again", name);
    } catch (Throwable unloggable) {
      // The step succeeded all the same.
    }
  }

  /** The present failure; empty after a step that succeeded. */
  Optional<LoopFailure> current() {
    Failing now = failing;
    return now == null
        ? Optional.empty()
        : Optional.of(
            new LoopFailure(
                Duration.ofNanos(nanos.getAsLong() - now.since()), now.outage(), now.message()));
  }

  /** The text of an error. Errors of foreign code may throw when they are asked for it. */
  private static String message(Throwable e, boolean outage) {
    try {
      String text = String.valueOf(outage ? e.getMessage() : e);
      return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    } catch (RuntimeException | Error unprintable) {
      return e.getClass().getName();
    }
  }
}
