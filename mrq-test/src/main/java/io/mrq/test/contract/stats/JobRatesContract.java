package io.mrq.test.contract.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code JobRates} do: they add up what many processes have counted. */
public abstract class JobRatesContract extends StoreContract {
  private static final Instant NEXT = NOW.plus(JobRates.PERIOD);

  @Test
  void countsOfOneQueueAndPeriodAddUp() {
    ports.rates().add(List.of(rate(NOW, "mails", 1, 2, 3, 4), rate(NOW, "busy/a", 1, 0, 0, 0)));
    ports.rates().add(List.of(rate(NOW, "mails", 10, 20, 30, 40), rate(NEXT, "mails", 5, 0, 0, 0)));

    assertThat(ports.rates().since(NOW))
        .containsExactlyInAnyOrder(
            rate(NOW, "mails", 11, 22, 33, 44),
            rate(NOW, "busy/a", 1, 0, 0, 0),
            rate(NEXT, "mails", 5, 0, 0, 0));
    assertThat(ports.rates().since(NOW)).extracting(JobRate::at).isSorted();
    assertThat(ports.rates().since(NEXT)).containsExactly(rate(NEXT, "mails", 5, 0, 0, 0));
    assertThat(ports.rates().since(NEXT.plusMillis(1))).isEmpty();
  }

  @Test
  void totalsAreOfAllQueues() {
    ports.rates().add(List.of(rate(NOW, "mails", 1, 2, 3, 4), rate(NOW, "busy/a", 10, 0, 0, 0)));
    ports.rates().add(List.of(rate(NEXT, "mails", 5, 6, 7, 8)));

    assertThat(ports.rates().totals(NOW))
        .isEqualTo(Map.of(NOW, new JobCounts(11, 2, 3, 4), NEXT, new JobCounts(5, 6, 7, 8)));
    assertThat(ports.rates().totals(NEXT)).containsOnlyKeys(NEXT);
  }

  @Test
  void nothingIsLostWhenManyAddAtOnce() {
    Race.of(
        8,
        runner -> {
          for (int i = 0; i < 20; i++) {
            ports.rates().add(List.of(rate(NOW.plusSeconds(10L * i), "mails", 1, 0, 0, 0)));
          }
          return runner;
        });

    assertThat(ports.rates().since(NOW))
        .hasSize(20)
        .allSatisfy(rate -> assertThat(rate.counts().enqueued()).isEqualTo(8));
  }

  @Test
  void addingNothingIsFine() {
    ports.rates().add(List.of());

    assertThat(ports.rates().since(NOW)).isEmpty();
  }

  @Test
  void oldPeriodsAreDeletedInBoundedPieces() {
    List<JobRate> rates = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rates.add(rate(NOW.plusSeconds(10L * i), "mails", 1, 0, 0, 0));
    }
    ports.rates().add(rates);

    assertThat(ports.rates().deleteOlder(NOW.minus(Duration.ofDays(1)), 100)).isZero();
    assertThat(ports.rates().deleteOlder(NOW.plusSeconds(30), 2)).isEqualTo(2);
    assertThat(ports.rates().deleteOlder(NOW.plusSeconds(30), 100)).isEqualTo(1);
    assertThat(ports.rates().since(NOW)).isEqualTo(rates.subList(3, 5));
  }

  @Test
  void periodsBeginAtWholeMultiples() {
    Instant moment = Instant.parse("2026-11-24T09:30:19.999Z");

    assertThat(JobRates.periodOf(moment)).isEqualTo("2026-11-24T09:30:10Z");
    assertThat(JobRates.periodOf(JobRates.periodOf(moment))).isEqualTo("2026-11-24T09:30:10Z");
  }

  private static JobRate rate(
      Instant at, String queue, long enqueued, long succeeded, long failed, long retried) {
    return new JobRate(at, queue, new JobCounts(enqueued, succeeded, failed, retried));
  }
}
