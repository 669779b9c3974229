package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.engine.recovery.ParkedJobCounter;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.ServedQueues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs whose task one worker of their queue does not know. */
class UnknownTasksTest {
  private final WorkerBench bench = new WorkerBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static WorkerOptions options(int slots) {
    return WorkerOptions.of("test", ServedQueues.of(List.of("default")), slots);
  }

  private void awaitParked(String path) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(bench.memory.parked().notes()).extracting(ParkedTask::path).contains(path));
  }

  // CTX-09
  @Test
  void aJobOfAnUnknownTaskWaitsForAWorkerThatKnowsItAndCountsNoAttempt() {
    bench.task("old", _ -> 1).start();
    JobId id = bench.enqueue("new");
    awaitParked("new");
    Job parked = bench.job(id);
    assertThat(parked.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(parked.attempt()).isZero();
    assertThat(parked.tracebackHistory()).isEmpty();

    bench.task("new", _ -> 2).start();

    Job done = bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(done.attempt()).isEqualTo(1);
    assertThat(done.result()).isEqualTo(2);
  }

  @Test
  void parkedJobsAreInNobodysWay() {
    bench.task("old", _ -> 1).start(options(1));
    List<JobId> unknown = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      unknown.add(bench.enqueue("new" + i % 3));
    }

    bench.awaitStatus(bench.enqueue("old"), JobStatus.SUCCESS);

    assertThat(unknown).allMatch(id -> bench.job(id).status() == JobStatus.QUEUED);
    assertThat(bench.memory.parked().count("default", Instant.EPOCH))
        .extracting(ParkedTask::path, ParkedTask::waiting)
        .contains(Assertions.tuple("new0", 17L));
  }

  @Test
  void twoVersionsSideBySideFailNothing() {
    bench.task("old", _ -> 1).task("both", _ -> 2).start(options(3));
    bench.replaceTask("old", "new", _ -> 3).start(options(3));

    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ids.add(bench.enqueue(i % 3 == 0 ? "old" : i % 3 == 1 ? "new" : "both"));
    }

    for (JobId id : ids) {
      Job done = bench.awaitStatus(id, JobStatus.SUCCESS);
      assertThat(done.attempt()).isEqualTo(1);
    }
  }

  @Test
  void aLostAnswerWhileParkingLosesNoJob() {
    bench.jobs.loseReplies("park", 1);
    bench.jobs.loseRequests("park", 1);
    bench.task("old", _ -> 1).start();
    JobId one = bench.enqueue("new");
    JobId two = bench.enqueue("new");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> bench.memory.parked().count("default", Instant.EPOCH).size() == 1);

    bench.task("new", _ -> 2).start();
    new ParkedJobCounter(bench.memory.recovery(), bench.memory.parked(), InstantSource.system())
        .pass();

    bench.awaitStatus(one, JobStatus.SUCCESS);
    bench.awaitStatus(two, JobStatus.SUCCESS);
  }

  @Test
  void jobsThatWereParkedWithoutANoteAreFoundByTheCounter() {
    Worker old = bench.task("old", _ -> 1).start();
    JobId id = bench.enqueue("new");
    awaitParked("new");
    old.stop();
    bench.memory.parked().forget("default", "new", Instant.MAX);
    ParkedJobCounter counter =
        new ParkedJobCounter(
            bench.memory.recovery(), bench.memory.parked(), InstantSource.system());

    counter.pass();

    assertThat(bench.memory.parked().notes())
        .singleElement()
        .satisfies(note -> assertThat(note.waiting()).isEqualTo(1));
    bench.task("new", _ -> 2).start();
    bench.awaitStatus(id, JobStatus.SUCCESS);
  }

  @Test
  void aNoteWithoutJobsIsForgottenAfterAMinute() {
    Instant now = Instant.now();
    bench.memory.parked().note("default", List.of("new"), now);

    counterAt(now.plusSeconds(59)).pass();
    assertThat(bench.memory.parked().notes()).hasSize(1);

    counterAt(now.plusSeconds(61)).pass();
    assertThat(bench.memory.parked().notes()).isEmpty();
  }

  @Test
  void jobsOfMoreTasksThanThereAreNotesForAreFoundNevertheless() {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < ParkedTasks.MAX_NOTES + 20; i++) {
      ids.add(bench.enqueue("task" + i));
    }
    Worker old = bench.task("old", _ -> 1).start();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            bench.memory.parked().count("default", Instant.EPOCH).size()
                == ParkedTasks.MAX_NOTES + 20);
    old.stop();
    counterAt(Instant.now()).pass();
    assertThat(bench.memory.parked().notes()).hasSize(ParkedTasks.MAX_NOTES);

    bench.task("task7", _ -> 2).task("task" + (ParkedTasks.MAX_NOTES + 19), _ -> 3).start();

    bench.awaitStatus(ids.get(7), JobStatus.SUCCESS);
    bench.awaitStatus(ids.getLast(), JobStatus.SUCCESS);
  }

  private ParkedJobCounter counterAt(Instant now) {
    return new ParkedJobCounter(
        bench.memory.recovery(), bench.memory.parked(), InstantSource.fixed(now));
  }
}
