package io.mrq.api.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One asker computes for all. */
class SharedAnswersTest {
  private final AtomicLong nanos = new AtomicLong();
  private final SharedAnswers<String, Integer> answers = new SharedAnswers<>(nanos::get);
  private final AtomicInteger computed = new AtomicInteger();

  private int get(String question, Duration takes) {
    return answers.get(
        question,
        () -> {
          nanos.addAndGet(takes.toNanos());
          return computed.incrementAndGet();
        });
  }

  @Test
  void anAnswerIsGoodForASecond() {
    assertThat(get("a", Duration.ofMillis(5))).isEqualTo(1);
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(get("a", Duration.ofMillis(5))).isEqualTo(1);
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(get("a", Duration.ofMillis(5))).isEqualTo(2);
  }

  @Test
  void anAnswerThatTookLongIsGoodForTenTimesAsLong() {
    assertThat(get("a", Duration.ofSeconds(2))).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(19).toNanos());
    assertThat(get("a", Duration.ofSeconds(2))).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(get("a", Duration.ofSeconds(2))).isEqualTo(2);
  }

  @Test
  void everyQuestionHasItsAnswer() {
    assertThat(get("a", Duration.ZERO)).isEqualTo(1);
    assertThat(get("b", Duration.ZERO)).isEqualTo(2);
    assertThat(get("a", Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void onlySoManyAnswersAreKept() {
    for (int i = 0; i <= 100; i++) {
      get("q" + i, Duration.ZERO);
    }

    assertThat(get("q100", Duration.ZERO)).isEqualTo(101);
    assertThat(get("q0", Duration.ZERO)).isEqualTo(102);
  }

  @Test
  void thoseWhoAskMeanwhileWaitForTheOneWhoComputes() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> asked = new ArrayList<>();
      AtomicInteger asking = new AtomicInteger();
      for (int i = 0; i < 20; i++) {
        asked.add(
            threads.submit(() -> {
              asking.incrementAndGet();
              return answers.get(
                  "a",
                  () -> {
                    waitFor(go);
                    return computed.incrementAndGet();
                  });
            }));
      }
      await().until(() -> asking.get() == 20);
      go.countDown();
      for (Future<Integer> answer : asked) {
        assertThat(answer.get()).isEqualTo(1);
      }
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFailureIsNotKept() {
    assertThatThrownBy(() ->
            answers.get(
                "a",
                () -> {
                  throw new IllegalStateException("away");
                }))
        .hasMessage("away");

    assertThat(get("a", Duration.ZERO)).isEqualTo(1);
  }
}
