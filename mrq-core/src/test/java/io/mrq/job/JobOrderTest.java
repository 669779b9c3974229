package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number that both stores sort by (protocol §2). */
class JobOrderTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00.123Z");
  private static final Instant PAST = Instant.EPOCH;
  private static final Instant FUTURE = Instant.parse("2109-01-01T00:00:00Z");

  @Test
  void withoutPriorityItIsTheDateInMilliseconds() {
    assertThat(JobOrder.of(NOW, 0)).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void eachStepOfPriorityIsTwoToThe42Milliseconds() {
    assertThat(JobOrder.of(NOW, 3)).isEqualTo(NOW.toEpochMilli() - 3 * 4_398_046_511_104L);
    assertThat(JobOrder.of(NOW, -1000)).isEqualTo(NOW.toEpochMilli() + 4_398_046_511_104_000L);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1000, -999, -1, 0, 1, 999, 1000})
  void aDoubleHoldsItExactlySoNeighboursDiffer(int priority) {
    for (Instant date : new Instant[] {PAST, NOW, FUTURE}) {
      long order = JobOrder.of(date, priority);
      long next = JobOrder.of(date.plusMillis(1), priority);

      assertThat((long) (double) order).isEqualTo(order);
      assertThat((double) next).isGreaterThan((double) order);
      assertThat(Math.abs(order)).isLessThan(1L << 53);
      assertThat(next - order).isEqualTo(1);
    }
  }

  @Test
  void aHigherPriorityIsFirstWhateverTheDates() {
    for (int priority = -JobOrder.MAX_PRIORITY; priority < JobOrder.MAX_PRIORITY; priority++) {
      assertThat(JobOrder.of(FUTURE, priority + 1)).isLessThan(JobOrder.of(PAST, priority));
    }
  }

  @Test
  void whatIsFinerThanAMillisecondDoesNotCount() {
    assertThat(JobOrder.of(NOW.plusNanos(999_999), 5)).isEqualTo(JobOrder.of(NOW, 5));
  }

  @Test
  void absurdDatesAndPrioritiesOfOtherWritersStayBelowWhatADoubleHolds() {
    for (Instant date : List.of(Instant.MIN, Instant.MAX, Instant.ofEpochMilli(Long.MAX_VALUE))) {
      for (int priority : new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE}) {
        long order = JobOrder.of(date, priority);

        assertThat(Math.abs(order)).isLessThan(1L << 53);
        assertThat((long) (double) order).isEqualTo(order);
      }
    }
    assertThat(JobOrder.of(NOW, Integer.MAX_VALUE)).isEqualTo(JobOrder.of(NOW, 1000));
  }
}
