package io.mrq.engine.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Start, stop, and start again. */
class MaintenanceTest {
  private static MaintenanceDuty duty(String name, Runnable pass) {
    return new MaintenanceDuty() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Duration pass() {
        pass.run();
        return Duration.ofHours(1);
      }
    };
  }

  @Test
  void itsDutiesGoOnAfterAStopAndAStart() {
    AtomicInteger passes = new AtomicInteger();
    Maintenance maintenance = new Maintenance(List.of(duty("count", passes::incrementAndGet)));
    maintenance.start();
    maintenance.start();
    await().until(() -> passes.get() == 1);
    maintenance.stop();
    maintenance.stop();
    maintenance.start();
    await().until(() -> passes.get() == 2);
    maintenance.stop();
  }

  @Test
  void aStopInterruptsAllDutiesAtOnce() {
    CyclicBarrier interrupted = new CyclicBarrier(2);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    Runnable waits =
        () -> {
          working.incrementAndGet();
          try {
            Thread.sleep(Duration.ofHours(1));
          } catch (InterruptedException e) {
            meet(interrupted, together);
          }
        };
    Maintenance maintenance = new Maintenance(List.of(duty("one", waits), duty("two", waits)));
    maintenance.start();
    await().until(() -> working.get() == 2);
    maintenance.stop();
    assertThat(together).hasValue(2);
  }

  private static void meet(CyclicBarrier barrier, AtomicInteger together) {
    try {
      barrier.await();
      together.incrementAndGet();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
