package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many jobs a worker may hold. */
class HoldAheadTest {
  private final AtomicLong nanos = new AtomicLong();

  private HoldAhead ahead(int slots) {
    return new HoldAhead(slots, nanos::get);
  }

  private static HoldAhead ran(HoldAhead ahead, int runs, Duration each) {
    for (int i = 0; i < runs; i++) {
      ahead.ran(each.toNanos());
    }
    return ahead;
  }

  @ParameterizedTest
  @CsvSource({
    "10, 5ms, 40", // 4 a slot
    "10, 25ms, 20", // what the slots run in 50 ms
    "10, 500ms, 1",
    "10, 501ms, 0",
    "1000, 1ms, 500", // never more than 500
    "1, 0ms, 4"
  })
  void asManyAsTheSlotsRunInFiftyMilliseconds(int slots, String each, int expected) {
    Duration took = Duration.ofMillis(Long.parseLong(each.replace("ms", "")));

    assertThat(ran(ahead(slots), 1000, took).limit()).isEqualTo(expected);
  }

  @Test
  void noneWhileFewRunsHaveEnded() {
    HoldAhead ahead = ran(ahead(10), 99, Duration.ofMillis(1));
    assertThat(ahead.limit()).isZero();

    ahead.ran(Duration.ofMillis(1).toNanos());
    assertThat(ahead.limit()).isEqualTo(40);
  }

  @Test
  void onlyTheLastThousandRunsCount() {
    HoldAhead ahead = ran(ahead(10), 5000, Duration.ofHours(1));
    assertThat(ahead.limit()).isZero();

    assertThat(ran(ahead, 999, Duration.ofMillis(1)).limit()).isZero();
    assertThat(ran(ahead, 1, Duration.ofMillis(1)).limit()).isEqualTo(40);
  }

  @Test
  void noneForAWhileAfterJobsHadToBeGivenBack() {
    HoldAhead ahead = ran(ahead(10), 1000, Duration.ofMillis(1));

    ahead.rest();
    assertThat(ahead.limit()).isZero();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
    assertThat(ahead.limit()).isZero();

    nanos.addAndGet(1);
    assertThat(ahead.limit()).isEqualTo(40);
  }

  @Test
  void noneWhereItIsSwitchedOff() {
    assertThat(ran(HoldAhead.off(), 1000, Duration.ofMillis(1)).limit()).isZero();
    assertThat(HoldAhead.off().mostAtAll()).isZero();
  }
}
