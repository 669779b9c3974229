package io.mrq.api.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happened in the last minute. */
class RateWindowTest {
  private static final Instant NOW = MutableClock.START.plusSeconds(5);

  private final JobRates rates = new InMemoryStore().rates();

  @Test
  void countsOfAQueueAreSummedUp() {
    Instant period = JobRates.periodOf(NOW);
    rates.add(
        List.of(
            new JobRate(period, "a", new JobCounts(1, 1, 1, 1)),
            new JobRate(period.minusSeconds(50), "a", new JobCounts(1, 0, 0, 0)),
            new JobRate(period.minusSeconds(60), "a", new JobCounts(100, 0, 0, 0)),
            new JobRate(period, "b", new JobCounts(7, 0, 0, 0))));

    RateWindow minute = RateWindow.endingAt(NOW);

    assertThat(RateWindow.byQueue(rates.since(minute.from())))
        .isEqualTo(Map.of("a", new JobCounts(2, 1, 1, 1), "b", new JobCounts(7, 0, 0, 0)));
    assertThat(rates.totals(minute.from())).hasSize(2);
    assertThat(minute.perSecond(110)).isEqualTo(2);
    assertThat(minute.perSecond(1)).isEqualTo(0.018);
  }
}
