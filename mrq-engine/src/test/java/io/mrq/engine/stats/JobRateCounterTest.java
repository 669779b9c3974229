package io.mrq.engine.stats;

import static io.mrq.test.builder.JobBuilder.aJob;
import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted, and that it reaches the store. */
class JobRateCounterTest {
  private static final Instant NOW = MutableClock.START;
  private static final Job JOB = aJob().queue("q").build();

  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final JobRateCounter counter = new JobRateCounter(store.rates(), clock);

  @AfterEach
  void stop() {
    counter.stop();
  }

  private List<JobRate> stored() {
    return store.rates().since(NOW.minus(Duration.ofDays(1)));
  }

  // JOB-11
  @Test
  void everyOutcomeHasItsCount() {
    Map<JobStatus, JobCounts> expected = new EnumMap<>(JobStatus.class);
    expected.put(JobStatus.SUCCESS, new JobCounts(0, 1, 0, 0));
    for (JobStatus failed :
        List.of(
            JobStatus.FAILED,
            JobStatus.TIMEOUT,
            JobStatus.MAXRETRIES,
            JobStatus.MAXCONCURRENCY,
            JobStatus.ABORT)) {
      expected.put(failed, new JobCounts(0, 0, 1, 0));
    }
    expected.put(JobStatus.RETRY, new JobCounts(0, 0, 0, 1));
    expected.put(JobStatus.QUEUED, new JobCounts(0, 0, 0, 1));

    for (JobStatus status : JobStatus.values()) {
      InMemoryStore own = new InMemoryStore(clock);
      JobRateCounter one = new JobRateCounter(own.rates(), clock);
      one.on(new WorkerEvent.Finished(JOB, status, Duration.ZERO));
      one.stop();

      JobCounts counts = own.rates().totals(NOW).getOrDefault(NOW, JobCounts.ZERO);
      assertThat(counts).as(status.text()).isEqualTo(expected.getOrDefault(status, JobCounts.ZERO));
    }
  }

  @Test
  void countsAreOfAQueueAndAPeriod() {
    counter.enqueued(aNewJob().queue("a").build());
    counter.enqueued(aNewJob().queue("a").build());
    counter.enqueued(aNewJob().queue("b").build());
    clock.advance(JobRates.PERIOD);
    counter.enqueued(aNewJob().queue("a").build());
    counter.deduplicated(aNewJob().queue("a").build());

    counter.stop();

    assertThat(stored())
        .containsExactlyInAnyOrder(
            new JobRate(NOW, "a", new JobCounts(2, 0, 0, 0)),
            new JobRate(NOW, "b", new JobCounts(1, 0, 0, 0)),
            new JobRate(NOW.plus(JobRates.PERIOD), "a", new JobCounts(1, 0, 0, 0)));
  }

  @Test
  void queuesBeyondTwoHundredAreFolded() {
    for (int i = 0; i < 205; i++) {
      counter.enqueued(aNewJob().queue("q" + i).build());
    }
    counter.enqueued(aNewJob().queue("q7").build());

    counter.stop();

    assertThat(stored())
        .hasSize(201)
        .contains(
            new JobRate(NOW, JobRates.OTHER, new JobCounts(5, 0, 0, 0)),
            new JobRate(NOW, "q7", new JobCounts(2, 0, 0, 0)));
  }

  @Test
  void countsReachTheStoreWhileTheProcessRuns() {
    counter.start();
    counter.enqueued(aNewJob().build());

    await().until(() -> stored().size() == 1);
  }

  @Test
  void whatTheStoreDidNotTakeIsAddedLater() {
    counter.enqueued(aNewJob().queue("a").build());
    store.setAvailable(false);
    counter.stop();
    counter.enqueued(aNewJob().queue("a").build());
    store.setAvailable(true);

    counter.stop();

    assertThat(stored()).containsExactly(new JobRate(NOW, "a", new JobCounts(2, 0, 0, 0)));
  }

  @Test
  void onlyTheLastHalfHourIsKeptForAStoreThatIsAway() {
    store.setAvailable(false);
    counter.enqueued(aNewJob().queue("old").build());
    clock.advance(Duration.ofMinutes(31));
    counter.enqueued(aNewJob().queue("new").build());
    counter.stop();
    store.setAvailable(true);

    counter.stop();

    assertThat(stored()).extracting(JobRate::queue).containsExactly("new");
  }

  // MET-01
  @Test
  void itListensBesideOthers() {
    InMemoryStore other = new InMemoryStore(clock);
    JobRateCounter second = new JobRateCounter(other.rates(), clock);

    WorkerEvents.all(List.of(counter, second))
        .on(new WorkerEvent.Finished(JOB, JobStatus.SUCCESS, Duration.ZERO));
    counter.stop();
    second.stop();

    assertThat(stored()).hasSize(1).isEqualTo(other.rates().since(NOW));
  }
}
