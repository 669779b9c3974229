package io.mrq.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimLoadsTest {
  private final ClaimLoads loads = new ClaimLoads();
  private final List<Integer> loaded = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch answer = new CountDownLatch(1);

  @AfterEach
  void stop() {
    answer.countDown();
    loads.stop();
  }

  private void load(int claim) {
    loads.execute(() -> {
      awaitAnswer();
      loaded.add(claim);
      threads.add(Thread.currentThread().getName());
    });
  }

  private void awaitAnswer() {
    try {
      answer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theThirdClaimWaitsAndOvertakesNone() {
    Thread poller = Thread.ofPlatform().start(() -> IntStream.range(0, 5).forEach(this::load));
    await().until(() -> poller.getState() == Thread.State.TIMED_WAITING);
    assertThat(loads.isIdle()).isFalse();

    answer.countDown();

    await().until(loads::isIdle);
    assertThat(loaded).containsExactly(0, 1, 2, 3, 4);
    assertThat(threads).containsOnly("mrq-loader");
  }

  @Test
  void aCallerThatWaitsForRoomGoesOnWhenTheWorkerStops() throws InterruptedException {
    Thread poller = Thread.ofPlatform().start(() -> IntStream.range(0, 3).forEach(this::load));
    await().until(() -> poller.getState() == Thread.State.TIMED_WAITING);

    loads.stop();

    poller.join();
    assertThat(loaded).doesNotContain(2);
  }
}
