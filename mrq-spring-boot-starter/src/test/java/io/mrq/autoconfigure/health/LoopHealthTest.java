package io.mrq.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.worker.Worker;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LoopHealthTest {
  private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Maintenance maintenance =
      new Maintenance(
          List.of(
              new MaintenanceDuty() {
                @Override
                public String name() {
                  return "odd";
                }

                @Override
                public Duration pass() {
                  RuntimeException thrown = fault.get();
                  if (thrown != null) {
                    throw thrown;
                  }
                  return Duration.ofMillis(1);
                }

                @Override
                public Duration longestWait() {
                  return Duration.ofMillis(1);
                }
              }));
  private final LoopHealth health = health();

  private LoopHealth health() {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("maintenance", maintenance);
    LoopHealth made =
        new LoopHealth(
            beans.getBeanProvider(Worker.class),
            beans.getBeanProvider(Maintenance.class),
            registry);
    made.afterSingletonsInstantiated();
    return made;
  }

  private double gauge() {
    return registry.get("mrq.loop.failing").tag("loop", "mrq-odd").gauge().value();
  }

  private Health degraded(RuntimeException by) {
    fault.set(by);
    await()
        .until(() ->
            health.health().getDetails().toString().contains(String.valueOf(by.getMessage())));
    return health.health();
  }

  @AfterEach
  void stop() {
    maintenance.stop();
  }

  @Test
  void aLoopThatFailsDegradesAndIsNamedUntilItGoesOn() {
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(gauge()).isZero();
    maintenance.start();

    Health faulty = degraded(new IllegalStateException("an odd document"));
    assertThat(faulty.getStatus().getCode()).isEqualTo("DEGRADED");
    assertThat(faulty.getDetails().get("mrq-odd")).asString().startsWith("fails for ");
    assertThat(gauge()).isOne();

    Health away = degraded(new StoreUnavailableException("MongoDB did not answer", null));
    assertThat(away.getStatus().getCode()).isEqualTo("DEGRADED");
    assertThat(away.getDetails().get("mrq-odd")).asString().startsWith("waits for a store");

    fault.set(null);
    await().until(() -> health.health().getStatus().equals(Status.UP));
    assertThat(gauge()).isZero();
  }
}
