package io.mrq.test.contract.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobStatus;
import io.mrq.stats.QueueCount;
import io.mrq.stats.QueueSample;
import io.mrq.stats.QueueStats;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code QueueStats} do: one process counts, and all read. */
public abstract class QueueStatsContract extends StoreContract {
  private static final QueueCount MAILS =
      new QueueCount("mails", Map.of(JobStatus.QUEUED, 3L, JobStatus.STARTED, 1L), NOW);
  private static final QueueCount BUSY =
      new QueueCount("busy/a", Map.of(JobStatus.STARTED, 2L, JobStatus.RETRY, 9L), null);

  // BUG-06
  @Test
  void theNewestCountsAreRead() {
    assertThat(latest(NOW)).isEmpty();
    QueueCount fewer = new QueueCount("mails", Map.of(JobStatus.QUEUED, 1L), LATER);

    ports.stats().record(List.of(MAILS, BUSY), NOW);
    assertThat(latest(NOW)).containsExactlyInAnyOrder(MAILS, BUSY);

    ports.stats().record(List.of(fewer), LATER);
    assertThat(latest(LATER)).containsExactly(fewer);
  }

  @Test
  void aSampleTellsWhenItWasTaken() {
    assertThat(ports.stats().sample(NOW)).isEmpty();
    ports.stats().record(List.of(MAILS), NOW);
    ports.stats().record(List.of(), LATER);

    assertThat(ports.stats().sample(LATER)).contains(new QueueSample(LATER, List.of()));
  }

  // QUE-21
  @Test
  void aQueueThatRanEmptyIsNoLongerCounted() {
    ports.stats().record(List.of(MAILS, BUSY), NOW);
    ports.stats().record(List.of(), LATER);

    assertThat(latest(LATER)).isEmpty();
  }

  @Test
  void recordingThePeriodTwiceIsHarmless() {
    ports.stats().record(List.of(MAILS, BUSY), NOW);
    ports.stats().record(List.of(MAILS, BUSY), NOW);

    assertThat(latest(NOW)).containsExactlyInAnyOrder(MAILS, BUSY);
  }

  @Test
  void oneOfAllWhoAskInAPeriodCounts() {
    assertThat(Race.of(8, _ -> ports.stats().begin(NOW))).containsOnlyOnce(true);
    assertThat(ports.stats().begin(NOW)).isFalse();

    ports.stats().record(List.of(MAILS), NOW);
    assertThat(ports.stats().begin(NOW.plus(QueueStats.PERIOD).minusMillis(1))).isFalse();
    assertThat(ports.stats().begin(NOW.plus(QueueStats.PERIOD))).isTrue();
  }

  @Test
  void nobodyElseBeginsWhileSomebodyCounts() {
    assertThat(ports.stats().begin(NOW)).isTrue();

    assertThat(ports.stats().begin(NOW.plus(QueueStats.PERIOD))).isFalse();
    assertThat(ports.stats().begin(NOW.plus(QueueStats.COUNTING).minusMillis(1))).isFalse();
  }

  @Test
  void whoeverBeganAndNeverRecordedHoldsUpOthersForAMomentOnly() {
    assertThat(ports.stats().begin(NOW)).isTrue();

    assertThat(ports.stats().begin(NOW.plus(QueueStats.COUNTING))).isTrue();
    assertThat(ports.stats().sample(NOW.plus(QueueStats.COUNTING))).isEmpty();
  }

  @Test
  void aCountThatFailedIsNotRepeatedSoonAndTellsNothing() {
    assertThat(ports.stats().begin(NOW)).isTrue();
    ports.stats().failed(NOW, Duration.ofMillis(2_500));

    assertThat(ports.stats().begin(NOW.plusSeconds(24))).isFalse();
    assertThat(ports.stats().sample(NOW.plusSeconds(24))).isEmpty();
    assertThat(ports.stats().begin(NOW.plusSeconds(25))).isTrue();
  }

  @Test
  void aCountThatFailedAtOnceIsRepeatedInTheNextPeriod() {
    assertThat(ports.stats().begin(NOW)).isTrue();
    ports.stats().failed(NOW, Duration.ZERO);

    assertThat(ports.stats().begin(NOW.plus(QueueStats.PERIOD))).isTrue();
  }

  @Test
  void aFailureThatIsToldLateLeavesTheCountsOfThePeriod() {
    ports.stats().record(List.of(MAILS), NOW, Duration.ofSeconds(2));
    ports.stats().failed(NOW, Duration.ZERO);

    assertThat(latest(NOW)).containsExactly(MAILS);
    assertThat(ports.stats().begin(NOW.plusSeconds(19))).isFalse();
  }

  @Test
  void aCountThatTookLongIsNotRepeatedSoon() {
    ports.stats().record(List.of(MAILS), NOW, Duration.ofSeconds(2));

    assertThat(ports.stats().begin(NOW.plusSeconds(19))).isFalse();
    assertThat(ports.stats().begin(NOW.plusSeconds(20))).isTrue();
  }

  @Test
  void countsAreAMinuteOldAtTheMostHoweverLongTheyTake() {
    ports.stats().record(List.of(MAILS), NOW, Duration.ofMinutes(5));

    assertThat(ports.stats().begin(NOW.plus(QueueStats.LONGEST))).isTrue();
  }

  @Test
  void aSchedulerWhoseClockIsAheadHoldsUpNobody() {
    ports.stats().record(List.of(MAILS), NOW.plus(Duration.ofHours(1)));

    assertThat(ports.stats().begin(NOW)).isTrue();
  }

  @Test
  void whatWasNotCountedToItsEndIsSaidSo() {
    QueueCount many =
        new QueueCount(
            "many",
            Map.of(JobStatus.QUEUED, 1000L, JobStatus.STARTED, 1L),
            NOW,
            Set.of(JobStatus.QUEUED));

    ports.stats().record(List.of(many), NOW);

    assertThat(latest(NOW)).containsExactly(many);
  }

  @Test
  void countsOlderThanAMinuteAreNotTold() {
    ports.stats().record(List.of(MAILS), NOW);

    assertThat(latest(NOW.plusSeconds(50))).containsExactly(MAILS);
    assertThat(latest(NOW.plusSeconds(70))).isEmpty();
  }

  @Test
  void oldSamplesAreDeletedInBoundedPieces() {
    for (int i = 0; i < 4; i++) {
      ports.stats().record(List.of(MAILS), NOW.plusSeconds(10L * i));
    }
    assertThat(ports.stats().deleteOlder(NOW.minus(Duration.ofDays(1)), 100)).isZero();

    assertThat(ports.stats().deleteOlder(NOW.plusSeconds(20), 100)).isPositive();
    assertThat(ports.stats().deleteOlder(NOW.plusSeconds(20), 100)).isZero();
    assertThat(latest(NOW.plusSeconds(30))).containsExactly(MAILS);

    assertThat(ports.stats().deleteOlder(NOW.plusSeconds(60), 1)).isEqualTo(1);
    assertThat(ports.stats().deleteOlder(NOW.plusSeconds(60), 100)).isPositive();
    assertThat(ports.stats().deleteOlder(NOW.plusSeconds(60), 100)).isZero();
    assertThat(latest(NOW.plusSeconds(30))).isEmpty();
  }

  private List<QueueCount> latest(Instant now) {
    return ports.stats().sample(now).map(QueueSample::counts).orElse(List.of());
  }
}
