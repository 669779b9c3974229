package io.mrq.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When reads are due, on a clock that only the test moves. */
class WaitPlanTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  /** The clock of {@link System#nanoTime} may pass the largest number. */
  private long now = Long.MAX_VALUE - 5 * SECOND;

  private final WaitPlan plan = new WaitPlan(now);
  private final List<Read> reads = new ArrayList<>();

  /** A read, and for how many callers it was. */
  private record Read(long at, int callers) {}

  @Test
  void aCallerIsReadForAtOnceAndThenLessAndLessOften() {
    plan.add(aWait(), now);

    readUntil(now + 10 * SECOND);

    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < reads.size(); i++) {
      gaps.add((reads.get(i).at() - reads.get(i - 1).at()) / MILLI);
    }
    assertThat(gaps).startsWith(50L, 75L, 112L).isSorted().endsWith(1000L, 1000L);
    assertThat(reads).hasSizeBetween(14, 17);
  }

  @Test
  void aThousandCallersThatCameAtAnyTimeAreOneReadASecond() {
    long begun = now;
    LongStream arrivals = new Random(7).longs(1000, begun, begun + 3 * SECOND).sorted();

    arrivals.forEach(arrival -> {
      readUntil(arrival);
      now = arrival;
      plan.add(aWait(), now);
    });
    readUntil(begun + 10 * SECOND);
    reads.clear();
    readUntil(begun + 20 * SECOND);

    assertThat(reads).hasSizeBetween(9, 11).allMatch(read -> read.callers() == 1000);
  }

  @Test
  void callersThatKeepComingCauseTwentyReadsASecondAtMost() {
    for (int i = 0; i < 2000; i++) {
      plan.add(aWait(), now);
      readUntil(now + MILLI);
      now += MILLI;
    }

    assertThat(reads).hasSizeLessThanOrEqualTo(41);
  }

  @Test
  void aSlowStoreIsNotAskedAgainWithoutAPause() {
    JobWait wait = aWait();
    plan.add(wait, now);
    List<JobWait> due = plan.due(now);
    now += 15 * SECOND;
    plan.read(due, now);

    assertThat(plan.untilNext(now)).hasValue(50 * MILLI);
    assertThat(plan.due(now)).isEmpty();
  }

  @Test
  void nothingIsReadForWhoDoesNotWaitAnyMore() {
    JobWait gone = aWait();
    JobWait waits = aWait();
    plan.add(gone, now);
    plan.add(waits, now);
    gone.ended().cancel(false);

    assertThat(plan.untilNext(now)).hasValue(0);
    assertThat(plan.due(now)).containsExactly(waits);
    waits.ended().cancel(false);
    assertThat(plan.untilNext(now)).isEmpty();
  }

  @Test
  void whoComesTellsWhetherTheReaderMustWakeUp() {
    plan.add(aWait(), now);
    readUntil(now + 5 * SECOND);
    plan.untilNext(now);

    assertThat(plan.add(aWait(), now)).isTrue();
    assertThat(plan.add(aWait(), now)).isFalse();
  }

  private static JobWait aWait() {
    return new JobWait(JobId.next());
  }

  /** Reads whenever a read is due before this time, as the thread of the waits does. */
  private void readUntil(long end) {
    while (plan.untilNext(now).isPresent() && now + plan.untilNext(now).getAsLong() - end < 0) {
      now += plan.untilNext(now).getAsLong();
      List<JobWait> due = plan.due(now);
      assertThat(due).isNotEmpty();
      reads.add(new Read(now, due.size()));
      plan.read(due, now);
    }
  }
}
