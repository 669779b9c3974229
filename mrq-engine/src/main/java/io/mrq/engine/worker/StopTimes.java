package io.mrq.engine.worker;

import java.time.Duration;

/**
 * How long a worker waits for its jobs when it stops.
 *
 * @param drain how long running jobs may go on before they are interrupted
 * @param grace how long interrupted jobs may take to end
 */
public record StopTimes(Duration drain, Duration grace) {
  /** The default of {@code drain}. */
  public static final Duration DRAIN = Duration.ofSeconds(20);

  /** The default of {@code grace}. */
  public static final Duration GRACE = Duration.ofSeconds(5);

  /** Both defaults. */
  public static final StopTimes DEFAULT = new StopTimes(DRAIN, GRACE);
}
