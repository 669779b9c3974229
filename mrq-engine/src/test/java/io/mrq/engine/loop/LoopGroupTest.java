package io.mrq.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopGroupTest {
  // WRK-12
  @Test
  void allLoopsAreStoppedAtOnce() {
    int size = 5;
    CountDownLatch begun = new CountDownLatch(size);
    // Each step ends only when all of them have been interrupted.
    CyclicBarrier interrupted = new CyclicBarrier(size);
    CountDownLatch ended = new CountDownLatch(size);
    List<Loop> loops =
        IntStream.range(0, size)
            .mapToObj(i ->
                new Loop(
                    "test-" + i,
                    () -> {
                      begun.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        pass(interrupted);
                        ended.countDown();
                        throw e;
                      }
                      return Duration.ZERO;
                    }))
            .toList();
    LoopGroup group = new LoopGroup(loops);
    group.start();
    await().until(() -> begun.getCount() == 0);

    group.stop();

    assertThat(ended.getCount()).isZero();
    group.stop();
  }

  private static void pass(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itTellsWhichLoopsFail() {
    LoopGroup group =
        new LoopGroup(
            List.of(
                new Loop("well", () -> Duration.ofDays(1)),
                new Loop(
                    "failing",
                    () -> {
                      throw new IllegalStateException("odd");
                    })));
    assertThat(group.failures()).containsOnlyKeys("failing", "well");
    group.start();

    await()
        .until(() -> group.failures().entrySet().stream().anyMatch(e -> e.getValue().isPresent()));

    assertThat(group.failures()).containsEntry("well", Optional.empty());
    group.stop();
  }
}
