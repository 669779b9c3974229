package io.mrq.autoconfigure.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mrq.engine.loop.LoopFailure;
import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.worker.Worker;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells whether the background loops of the worker and of the maintenance do their work.
 *
 * <p>A loop that fails makes the process {@code DEGRADED} and never {@code DOWN}: it tries again,
 * the other loops go on, and a restart would not help against a store that is away or a document
 * that is odd.
 */
final class LoopHealth implements HealthIndicator, SmartInitializingSingleton {
  private final ObjectProvider<Worker> worker;
  private final ObjectProvider<Maintenance> maintenance;
  private final MeterRegistry registry;

  LoopHealth(
      ObjectProvider<Worker> worker,
      ObjectProvider<Maintenance> maintenance,
      MeterRegistry registry) {
    this.worker = worker;
    this.maintenance = maintenance;
    this.registry = registry;
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (String loop : loops().keySet()) {
      Gauge.builder("mrq.loop.failing", () -> isFailing(loop) ? 1 : 0)
          .description("Whether this background loop fails and is tried again: 1 or 0")
          .tag("loop", loop)
          .register(registry);
    }
  }

  private boolean isFailing(String loop) {
    return loops().getOrDefault(loop, Optional.empty()).isPresent();
  }

  private Map<String, Optional<LoopFailure>> loops() {
    Map<String, Optional<LoopFailure>> loops = new TreeMap<>();
    worker.ifAvailable(w -> loops.putAll(w.loops()));
    maintenance.ifAvailable(m -> loops.putAll(m.loops()));
    return loops;
  }

  @Override
  public Health health() {
    Map<String, String> failing = new TreeMap<>();
    loops().forEach((loop, failure) -> failure.ifPresent(f -> failing.put(loop, described(f))));
    return failing.isEmpty()
        ? Health.up().build()
        : Health.status("DEGRADED").withDetails(failing).build();
  }

  private static String described(LoopFailure failure) {
    return "%s for %d s: %s"
        .formatted(
            failure.outage() ? "waits for a store" : "fails",
            failure.lasting().toSeconds(),
            failure.message());
  }
}
