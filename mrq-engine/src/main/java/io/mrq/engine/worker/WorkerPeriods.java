package io.mrq.engine.worker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The periods of one worker.
 *
 * @param chosen the periods that differ from their defaults
 */
public record WorkerPeriods(Map<WorkerPeriod, Duration> chosen) {
  /** Every period has its default. */
  public static final WorkerPeriods DEFAULT = new WorkerPeriods(Map.of());

  public WorkerPeriods {
    chosen = Map.copyOf(chosen);
  }

  /** How long this period lasts. */
  public Duration of(WorkerPeriod period) {
    return chosen.getOrDefault(period, period.usual());
  }

  /** Returns these periods with another length of one of them. */
  public WorkerPeriods with(WorkerPeriod period, Duration length) {
    Map<WorkerPeriod, Duration> all = new EnumMap<>(WorkerPeriod.class);
    all.putAll(chosen);
    all.put(period, length);
    return new WorkerPeriods(all);
  }
}
