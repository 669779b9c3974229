package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mrq.autoconfigure.lifecycle.LoopLifecycle;
import io.mrq.dispatch.DispatchIndex;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Whether the stores answer, and for how long Redis was away while workers polled MongoDB instead.
 */
final class StoreGauges extends LoopLifecycle {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final DispatchIndex index;
  private volatile double mongo = Double.NaN;
  private volatile double degraded;
  private long lastSample = System.nanoTime();

  StoreGauges(DispatchIndex index, MeterRegistry registry) {
    super("mrq-store-gauges");
    this.index = index;
    available("mongodb", registry, () -> mongo);
    available("redis", registry, () -> index.isAvailable() ? 1 : 0);
    FunctionCounter.builder("mrq.redis.degraded", this, gauges -> gauges.degraded)
        .description("Time for which Redis was away")
        .baseUnit("seconds")
        .register(registry);
  }

  private static void available(String store, MeterRegistry registry, Supplier<Number> value) {
    Gauge.builder("mrq.store.available", value)
        .description("Whether the store answers this process: 1 or 0")
        .tag("store", store)
        .register(registry);
  }

  /** Notes whether MongoDB answered somebody who asked it anyway. */
  void mongoAnswered(boolean answered) {
    mongo = answered ? 1 : 0;
  }

  @Override
  protected Duration step() {
    long now = System.nanoTime();
    if (!index.isAvailable()) {
      degraded += (now - lastSample) / 1e9;
    }
    lastSample = now;
    return PERIOD;
  }
}
