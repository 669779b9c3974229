package io.mrq.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.QueueCount;
import io.mrq.store.PreparedCompletion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How many commands each call sends, however many jobs it is for, with which guarantees, and that
 * reads are limited.
 */
class RoundTripsTest extends CountedRoundTrips {
  // ENQ-04
  @Test
  void thousandJobsAreOneInsert() {
    stores.jobs().insert(jobs(1000));

    assertThat(commands.names()).containsExactly("insert");
    assertDurable();
  }

  // BUG-57
  @Test
  void hundredJobsAreClaimedByOneUpdateAndOneFind() {
    List<JobId> ids = stored(100);
    Claim claim = Claim.by(WORKER);

    assertThat(stores.jobs().claim(claim, "default", ids, NOW)).isEqualTo(100);
    assertThat(commands.names()).containsExactly("update");
    assertDurable();
    assertThat(stores.jobs().claimed(claim, ids)).hasSize(100);

    assertThat(commands.names()).containsExactly("update", "find");
    assertThat(commands.sent().getFirst().body().getArray("updates")).hasSize(1);
  }

  @Test
  void aSingleJobIsClaimedAndLoadedByOneCommand() {
    JobId id = stored(1).getFirst();

    assertThat(stores.jobs().claim(Claim.by(WORKER), "default", id, NOW)).isPresent();

    assertThat(commands.names()).containsExactly("findAndModify");
    assertDurable();
  }

  @Test
  void manySchedulesAreFoundAndReplacedByOneCommandEach() {
    List<Schedule> made = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Schedule schedule =
          new Schedule(
              ScheduleDefinition.builder("s" + i, "tests.Sample", new Every(Duration.ofHours(1)))
                  .build(),
              "api",
              NOW,
              NOW,
              null,
              null,
              List.of(),
              null,
              List.of(),
              List.of(),
              0);
      stores.schedules().create(schedule);
      made.add(schedule);
    }
    commands.clear();

    assertThat(stores.schedules().due(NOW, 200)).hasSize(150);
    assertThat(stores.schedules().replace(made)).hasSize(150);
    assertThat(commands.names()).containsExactly("find", "update");
    assertDurable();

    assertThat(stores.schedules().replace(made)).isEmpty();
    assertThat(commands.names()).containsExactly("find", "update", "update", "find");
  }

  @Test
  void givingJobsBackIsOneUpdateAndOneFind() {
    List<JobId> ids = stored(10);
    Claim claim = claimed(ids);

    assertThat(stores.jobs().giveBack(runs(ids, claim), NOW)).hasSize(10);

    assertThat(commands.names()).containsExactly("update", "find");
    assertDurable();
  }

  @Test
  void parkingJobsIsOneCommandForAllTasksAndTheirNotesAreReadWithThePauses() {
    List<JobId> ids = stored(10);
    Map<JobId, String> paths = new HashMap<>();
    ids.forEach(id -> paths.put(id, "task" + paths.size() % 3));
    Claim claim = claimed(ids);

    stores.jobs().park(claim, paths, NOW);
    assertThat(commands.names()).containsExactly("update");
    assertDurable();
    stores.parked().note("default", Set.copyOf(paths.values()), NOW);
    assertThat(stores.pauses().states().parked()).hasSize(3);
    assertThat(stores.parked().jobs("default", Set.copyOf(paths.values()), 5)).hasSize(5);
    stores.parked().unpark("default", ids);

    assertThat(commands.names()).containsExactly("update", "update", "find", "find", "update");
  }

  /** A server that is not told otherwise sends 101 documents at first. */
  @Test
  void moreJobsThanAServersFirstBatchAreReadInOneRoundTrip() {
    List<JobId> ids = stored(300);
    assertThat(stores.jobs().queued(List.of("default"), 300)).hasSize(300);
    assertThat(stores.recovery().inOrder("default", null, 300)).hasSize(300);
    assertThat(stores.recovery().stillQueued(ids)).hasSize(300);
    assertThat(commands.names()).containsExactly("find", "find", "find");

    Claim claim = claimed(ids);
    assertThat(stores.jobs().claimed(claim, ids)).hasSize(300);
    assertThat(stores.jobs().states(ids)).hasSize(300);
    assertThat(stores.jobs().runsOf(WORKER)).hasSize(300);
    assertThat(stores.jobs().returnUnknown(runs(ids, claim), NOW)).hasSize(300);

    assertThat(commands.names()).containsExactly("find", "find", "find", "update", "find");
  }

  // BUG-57
  @Test
  void hundredEndsAreOneCommandAndEncodingThemIsNone() {
    List<PreparedCompletion> ends = ends(100);

    assertThat(commands.names()).isEmpty();
    assertThat(stores.jobs().complete(ends).matched()).isEqualTo(100);

    assertThat(commands.names()).containsExactly("update");
    assertThat(commands.sent().getFirst().body().getBoolean("ordered").getValue()).isFalse();
    assertThat(commands.sent().getFirst().filters())
        .hasSize(100)
        .allSatisfy(
            f -> assertThat(f.keySet()).containsExactly("_id", "status", "worker", "claim"));
    assertDurable();
  }

  @Test
  void statesWithdrawAndTheAuditAreOneCommandEach() {
    List<JobId> ids = stored(100);

    assertThat(stores.jobs().states(ids)).hasSize(100);
    assertThat(stores.jobs().withdraw(ids)).isEqualTo(100);
    assertThat(stores.jobs().runsOf(WORKER)).isEmpty();

    assertThat(commands.names()).containsExactly("find", "delete", "find");
  }

  @Test
  void jobsThatAreWaitedForAreOneFindForTheirStatusesAndOneForThoseThatHaveEnded() {
    List<JobId> ids = stored(1000);
    complete(claimed(ids), ids.subList(0, 300), new JobOutcome.Succeeded("ok"));

    assertThat(stores.jobs().states(ids)).hasSize(1000);
    assertThat(stores.queries().find(ids.subList(0, 300))).hasSize(300);

    assertThat(commands.names()).containsExactly("find", "find");
  }

  @Test
  void returningRunsIsOneUpdateAndOneFind() {
    List<JobId> ids = stored(10);
    Claim claim = claimed(ids);

    assertThat(stores.jobs().returnUnknown(runs(ids, claim), NOW)).hasSize(10);

    assertThat(commands.names()).containsExactly("update", "find");
    assertThat(commands.sent().getFirst().body().getArray("updates")).hasSize(1);
    assertDurable();
  }

  @Test
  void resumingRunsIsOneUpdateAndOneFind() {
    List<JobId> ids = stored(10);
    Claim claim = claimed(ids);
    complete(claim, ids, new JobOutcome.Interrupted(Failure.of("JobInterrupt", "stop")));

    assertThat(stores.jobs().resume(runs(ids, claim), NOW)).hasSize(10);

    assertThat(commands.names()).containsExactly("update", "find");
    assertDurable();
  }

  @Test
  void nothingToDoSendsNothing() {
    stores.jobs().insert(List.of());
    stores.jobs().withdraw(List.of());
    stores.jobs().claim(Claim.by(WORKER), "default", List.of(), NOW);
    stores.jobs().claimed(Claim.by(WORKER), List.of());
    stores.jobs().queued(List.of(), 10);
    stores.jobs().complete(List.of());
    stores.jobs().states(List.of());
    stores.jobs().resume(List.of(), NOW);
    stores.jobs().returnUnknown(List.of(), NOW);
    stores.recovery().stillQueued(List.of());
    stores.workers().presence(List.of());

    assertThat(commands.names()).isEmpty();
  }

  @Test
  void claimsWithoutAnIndexReadALimitedPage() {
    stored(5);

    assertThat(stores.jobs().queued(List.of("default", "other"), 3)).hasSize(3);

    assertThat(commands.names()).containsExactly("find");
    assertLimits(3);
  }

  @Test
  void movesByHandAreOneUpdateEach() {
    JobId id = stored(1).getFirst();

    assertThat(stores.moves().cancel(id, JobTransition.CANCEL.from(), NOW, NOW)).isTrue();
    assertThat(
            stores
                .moves()
                .requeue(new ReadyJob(id, "default", 1), JobTransition.REQUEUE.from(), NOW))
        .isTrue();

    assertThat(commands.names()).containsExactly("update", "update");
    assertDurable();
  }

  // BUG-27
  @Test
  void listsAndLooksAreOneFindEach() {
    JobId id = stored(3).getFirst();

    assertThat(stores.queries().find(id)).isPresent();
    assertThat(stores.queries().list(JobFilter.ALL, null, 10_000)).hasSize(3);

    assertThat(commands.names()).containsExactly("find", "find");
    assertThat(commands.sent().getLast().body().getNumber("limit").intValue()).isEqualTo(16);
  }

  @Test
  void aListOfManySmallJobsIsTwoFinds() {
    stored(40);

    assertThat(stores.queries().page(JobFilter.ALL, null, 30, Long.MAX_VALUE).more()).isTrue();
    assertThat(stores.queries().list(JobFilter.ALL, null, 100)).hasSize(40);

    assertThat(commands.names()).containsExactly("find", "find", "find", "find");
  }

  @Test
  void workersNeedOneCommandACall() {
    WorkerId worker = WorkerId.next();
    stores.workers().register(worker, Map.of("name", "w"));
    stores.workers().beat(worker);
    stores.workers().beats();
    stores.workers().presence(List.of(worker));
    stores.workers().report(worker, Map.of("done_jobs", 1));
    stores.workers().drain(worker);
    stores.workers().markLost(worker, 1);
    stores.workers().documents(10);

    assertThat(commands.names())
        .containsExactly(
            "insert", "findAndModify", "find", "find", "update", "update", "update", "find");
    assertThat(commands.sent().get(1).body().containsKey("sort")).isFalse();
  }

  @Test
  void aKeyNobodyHasIsTakenWithOneInsert() {
    stores.keys().take("k", JobId.next(), "body", NOW, NOW.plusSeconds(60));
    assertThat(commands.names()).containsExactly("insert");
    commands.clear();

    stores.keys().take("k", JobId.next(), "body", NOW, NOW.plusSeconds(60));
    assertThat(commands.names()).containsExactly("insert", "find");
  }

  @Test
  void countsOfAllQueuesAreOneWriteAndTwoReads() {
    stores
        .stats()
        .record(
            IntStream.range(0, 50)
                .mapToObj(i -> new QueueCount("q" + i, Map.of(JobStatus.QUEUED, 1L), NOW))
                .toList(),
            NOW);
    assertThat(commands.names()).containsExactly("update");

    assertThat(stores.stats().sample(NOW).orElseThrow().counts()).hasSize(50);
    assertThat(commands.names()).containsExactly("update", "find", "find");
  }

  @Test
  void ratesOfAllQueuesAreOneWriteAndOneRead() {
    stores
        .rates()
        .add(
            IntStream.range(0, 50)
                .mapToObj(i -> new JobRate(NOW, "q" + i, new JobCounts(1, 0, 0, 0)))
                .toList());
    assertThat(stores.rates().since(NOW)).hasSize(50);
    assertThat(stores.rates().totals(NOW)).hasSize(1);

    assertThat(commands.names()).containsExactly("update", "find", "aggregate");
  }
}
