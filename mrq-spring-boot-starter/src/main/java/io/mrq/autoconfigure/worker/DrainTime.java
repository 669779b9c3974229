package io.mrq.autoconfigure.worker;

import io.mrq.engine.worker.StopTimes;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;

/** Fits the drain into the time that Spring gives to a phase of the shutdown. */
final class DrainTime {
  private static final Logger log = LoggerFactory.getLogger(DrainTime.class);

  /**
   * How long a stop takes beyond the drain: interrupted jobs end, their outcomes are stored, and
   * the document of the worker is updated.
   */
  private static final Duration END = StopTimes.GRACE.multipliedBy(2).plusSeconds(5);

  /** The default of {@code mrq.worker.drain}; a warning is only for those who asked for more. */
  private static final Duration USUAL = StopTimes.DRAIN;

  private DrainTime() {}

  /**
   * Returns the drain that is wanted, or the time that is left for it: when the time of the phase
   * is over, Spring closes what jobs use.
   */
  static Duration within(LifecycleProperties lifecycle, Duration wanted) {
    Duration phase = lifecycle.getTimeoutPerShutdownPhase();
    Duration most = phase.minus(END);
    if (wanted.compareTo(most) <= 0) {
      return wanted;
    }
    Duration left = most.isNegative() ? Duration.ZERO : most;
    log.atLevel(wanted.compareTo(USUAL) > 0 ? Level.WARN : Level.INFO)
        .log(
            "when this process stops, running jobs continue for {} s instead of mrq.worker.drain={} s, because spring.lifecycle.timeout-per-shutdown-phase is {} s: set that to {} s or more",
            left.toSeconds(),
            wanted.toSeconds(),
            phase.toSeconds(),
            wanted.plus(END).toSeconds());
    return left;
  }
}
