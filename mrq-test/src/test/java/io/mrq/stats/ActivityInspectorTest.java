package io.mrq.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the whole system does. */
class ActivityInspectorTest {
  private static final Instant NOW = MutableClock.START.plusSeconds(5);

  private final InMemoryStore store = new InMemoryStore();
  private final ActivityInspector activity =
      new ActivityInspector(
          store.stats(),
          store.rates(),
          store.workers(),
          store.pauses(),
          new InMemoryDispatchIndex());

  @Test
  void countsOfAQueueAreSummedUp() {
    Instant period = JobRates.periodOf(NOW);
    store
        .rates()
        .add(
            List.of(
                new JobRate(period, "a", new JobCounts(1, 1, 1, 1)),
                new JobRate(period.minusSeconds(50), "a", new JobCounts(1, 0, 0, 0)),
                new JobRate(period.minusSeconds(60), "a", new JobCounts(100, 0, 0, 0)),
                new JobRate(period, "b", new JobCounts(7, 0, 0, 0))));

    RateWindow minute = RateWindow.endingAt(NOW);

    assertThat(activity.byQueue(minute.from()))
        .isEqualTo(Map.of("a", new JobCounts(2, 1, 1, 1), "b", new JobCounts(7, 0, 0, 0)));
    assertThat(activity.totals(minute.from())).hasSize(2);
    assertThat(minute.perSecond(110)).isEqualTo(2);
    assertThat(minute.perSecond(1)).isEqualTo(0.018);
  }

  @Test
  void nothingIsKnownYet() {
    assertThat(activity.backlog(NOW)).isEmpty();
    assertThat(activity.workers()).isEmpty();
    assertThat(activity.pauses()).isEmpty();
    assertThat(activity.isDispatchAvailable()).isTrue();
  }
}
