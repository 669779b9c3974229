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
 * What a loop says about its failures: a warning when they begin, another every minute while they
 * last, and a line when they are over. A store that does not answer is told in one line; any other
 * error with its stack trace, since somebody has to find it.
 */
final class FailureLog {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);
  private static final int MAX_MESSAGE = 500;

  private final String name;
  private final LongSupplier nanos;
  private volatile @Nullable Failing failing;

  private record Failing(long since, long logged, boolean outage, String message) {}

  FailureLog(String name, LongSupplier nanos) {
    this.name = name;
    this.nanos = nanos;
  }

  /** Notes that a step failed; called by the loop's thread alone. Never throws. */
  void failed(Throwable e) {
    try {
      note(e);
    } catch (Throwable unsayable) {
      // No memory, or a log that throws: there is nobody left to tell.
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
      warn("cannot go on, and keeps trying", e, outage, message);
      return;
    }
    boolean say = before.outage() != outage || now - before.logged() >= AGAIN_AFTER.toNanos();
    failing = new Failing(before.since(), say ? now : before.logged(), outage, message);
    if (say) {
      long seconds = Duration.ofNanos(now - before.since()).toSeconds();
      warn("still cannot go on after %d s".formatted(seconds), e, outage, message);
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

  /** Notes that a step ended well; called by the loop's thread alone. Never throws. */
  void succeeded() {
    if (failing == null) {
      return;
    }
    failing = null;
    try {
      log.info("{} goes on", name);
    } catch (Throwable unsayable) {
      // As above: the step ended well all the same.
    }
  }

  /** What is failing now; nothing after a step that ended well. */
  Optional<LoopFailure> current() {
    Failing now = failing;
    return now == null
        ? Optional.empty()
        : Optional.of(
            new LoopFailure(
                Duration.ofNanos(nanos.getAsLong() - now.since()), now.outage(), now.message()));
  }

  /** An error of somebody else's code may be unable to say what it is. */
  private static String message(Throwable e, boolean outage) {
    try {
      String text = String.valueOf(outage ? e.getMessage() : e);
      return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    } catch (RuntimeException | Error unprintable) {
      return e.getClass().getName();
    }
  }
}
