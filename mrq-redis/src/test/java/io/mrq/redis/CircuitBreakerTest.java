package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protocol §3: three failures in a row open the circuit for a second, then one call decides. */
class CircuitBreakerTest {
  private static final String GONE = "gone";
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND);
  private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofSeconds(1), nanos::get);

  @Test
  void failuresBelowTheLimitLetCallsThrough() {
    fail(2);

    assertThat(breaker.isClosed()).isTrue();
    assertThat(breaker.tryEnter()).isTrue();
  }

  @Test
  void theThirdFailureInARowOpensTheCircuit() {
    assertThat(breaker.failed(GONE)).isFalse();
    assertThat(breaker.failed(GONE)).isFalse();
    assertThat(breaker.failed(GONE)).isTrue();

    assertThat(breaker.isClosed()).isFalse();
    assertThat(breaker.tryEnter()).isFalse();
  }

  @Test
  void anAnswerBetweenFailuresBeginsTheCountAnew() {
    fail(2);
    breaker.succeeded();
    fail(2);

    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void afterASecondExactlyOneCallIsLetThrough() {
    fail(3);
    pass(SECOND - 1);
    assertThat(breaker.tryEnter()).isFalse();
    pass(1);

    List<Boolean> entered =
        IntStream.range(0, 50).parallel().mapToObj(_ -> breaker.tryEnter()).toList();

    assertThat(entered).containsOnlyOnce(true);
    assertThat(breaker.isClosed()).isFalse();
  }

  @Test
  void theAnswerOfThatCallClosesTheCircuit() {
    fail(3);
    pass(SECOND);
    breaker.tryEnter();
    breaker.succeeded();

    assertThat(breaker.isClosed()).isTrue();
    assertThat(breaker.tryEnter()).isTrue();
    fail(2);
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void itsFailureKeepsTheCircuitOpenForAnotherSecond() {
    fail(3);
    pass(SECOND);
    breaker.tryEnter();
    pass(SECOND / 2);

    assertThat(breaker.failed(GONE)).isTrue();

    pass(SECOND - 1);
    assertThat(breaker.tryEnter()).isFalse();
    pass(1);
    assertThat(breaker.tryEnter()).isTrue();
  }

  @Test
  void aCallThatNeverReportsDoesNotKeepOthersOutForEver() {
    fail(3);
    pass(SECOND);
    breaker.tryEnter();
    pass(SECOND);

    assertThat(breaker.tryEnter()).isTrue();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(GONE);
    }
  }

  private void pass(long time) {
    nanos.addAndGet(time);
  }
}
