package io.mrq.mongo;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Failure;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.ReadyJob;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** How many commands the calls of the maintenance duties send, and that each read is limited. */
class RecoveryRoundTripsTest extends CountedRoundTrips {
  @Test
  void dueJobsAreOneLimitedFindAndOneUpdate() {
    stores
        .jobs()
        .insert(IntStream.range(0, 9).mapToObj(_ -> aNewJob().dateretry(NOW).build()).toList());
    commands.clear();

    assertThat(stores.recovery().requeueDue(NOW, 5)).hasSize(5);
    assertThat(commands.names()).containsExactly("find", "update");
    assertLimits(5);
    assertDurable();

    assertThat(stores.recovery().requeueDue(NOW.minusSeconds(1), 5)).isEmpty();
    assertThat(commands.names()).containsExactly("find", "update", "find");
  }

  @Test
  void whenTheNextJobIsDueIsOneLimitedFind() {
    stores.jobs().insert(List.of(aNewJob().dateretry(NOW).build()));
    commands.clear();

    assertThat(stores.recovery().nextDue()).contains(NOW);

    assertThat(commands.names()).containsExactly("find");
    assertLimits(1);
  }

  @Test
  void interruptedJobsAreOneLimitedFindAndOneUpdate() {
    List<JobId> ids = stored(9);
    complete(claimed(ids), ids, new JobOutcome.Interrupted(Failure.of("JobInterrupt", "stop")));

    assertThat(stores.recovery().requeueInterrupted(NOW, 5)).hasSize(5);

    assertThat(commands.names()).containsExactly("find", "update");
    assertLimits(5);
  }

  @Test
  void rescueIsTwoUpdatesAndALimitedFind() {
    List<JobId> ids = stored(50);
    claimed(ids);

    assertThat(stores.recovery().rescue(WORKER, 5, NOW).requeued()).hasSize(50);

    assertThat(commands.names()).containsExactly("update", "update", "find");
    assertLimits(10_000);
    assertDurable();
  }

  @Test
  void theReconcilersReadsAreLimited() {
    stored(20);
    List<ReadyJob> page = stores.recovery().inOrder("default", null, 10);
    assertThat(page).hasSize(10);
    assertThat(commands.names()).containsExactly("find");
    assertLimits(10);
    commands.clear();

    assertThat(stores.recovery().inOrder("default", page.getLast(), 10)).hasSize(10);
    assertThat(commands.names()).hasSizeLessThanOrEqualTo(2).containsOnly("find");
    commands.clear();

    assertThat(stores.recovery().stillQueued(List.of(page.getFirst().id()))).hasSize(1);
    assertThat(stores.recovery().queuesWithJobs()).containsExactly("default");
    assertThat(stores.recovery().workersWithRuns()).isEmpty();
    assertThat(commands.names()).containsExactly("find", "distinct", "distinct");
  }

  @Test
  void adoptionIsOneLimitedFindAndOneUpdate() {
    for (int i = 0; i < 5; i++) {
      TestMongo.store(database, new Document());
    }
    commands.clear();

    assertThat(stores.recovery().adopt("default", 4)).isEqualTo(4);

    assertThat(commands.names()).containsExactly("find", "update");
    assertLimits(4);
  }

  @Test
  void expiredJobsAreOneLimitedFindAndOneDelete() {
    List<JobId> ids = stored(9);
    complete(claimed(ids), ids, new JobOutcome.Succeeded(1));

    assertThat(stores.recovery().deleteExpired(NOW.plus(Duration.ofDays(8)), 5)).isEqualTo(5);

    assertThat(commands.names()).containsExactly("find", "delete");
    assertLimits(5);
  }

  @Test
  void countingIsOneAggregationForQueuedJobsAndOneForTheOthersHoweverManyQueuesThereAre() {
    stored(5);
    stores.jobs().insert(List.of(aNewJob().queue("other").build()));
    commands.clear();

    assertThat(stores.recovery().count()).hasSize(2);

    assertThat(commands.names()).containsExactly("aggregate", "aggregate");
  }
}
