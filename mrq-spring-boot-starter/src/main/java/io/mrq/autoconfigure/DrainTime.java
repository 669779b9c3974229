package io.mrq.autoconfigure;

import io.mrq.worker.WorkerOptions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;

/** Fits the drain into the time that Spring gives a phase of the shutdown. */
final class DrainTime {
  private static final Logger log = LoggerFactory.getLogger(DrainTime.class);

  /** Interrupted jobs may end, and then their outcomes are stored. */
  private static final Duration INTERRUPTION = WorkerOptions.GRACE.multipliedBy(2);

  private DrainTime() {}

  /**
   * The drain that is wanted, or what is left for it: beyond the time of its phase Spring closes
   * what jobs use.
   */
  static Duration within(LifecycleProperties lifecycle, Duration wanted) {
    Duration phase = lifecycle.getTimeoutPerShutdownPhase();
    Duration most = phase.minus(INTERRUPTION);
    if (wanted.compareTo(most) <= 0) {
      return wanted;
    }
    Duration left = most.isNegative() ? Duration.ZERO : most;
    log.warn(
        "jobs may go on for {} s instead of mrq.worker.drain={} s when this process stops, since spring.lifecycle.timeout-per-shutdown-phase is {} s: set that to {} s or more",
        left.toSeconds(),
        wanted.toSeconds(),
        phase.toSeconds(),
        wanted.plus(INTERRUPTION).toSeconds());
    return left;
  }
}
