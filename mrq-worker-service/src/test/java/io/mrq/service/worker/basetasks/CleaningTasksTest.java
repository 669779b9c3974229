package io.mrq.service.worker.basetasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CleaningTasksTest {
  private static final Duration LONG_AGO = Duration.ofSeconds(300);

  private final Bench bench = new Bench();

  // BAS-01
  @Test
  void retriesThatAreDueAreQueuedAndKeepTheirCount() {
    Job due = bench.insert(JobStatus.RETRY, job -> job.dateretry(bench.clock.instant()));
    Job later =
        bench.insert(JobStatus.RETRY, job -> job.dateretry(bench.clock.instant().plusSeconds(1)));

    assertThat(bench.waitingJobs().requeueRetryJobs())
        .isEqualTo(Map.of("requeued", 1L, "cancelled", 0L));

    assertThat(bench.job(due).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(bench.job(due).retryCount()).isEqualTo(2);
    assertThat(bench.job(later)).isEqualTo(later);
    assertThat(bench.index.take("default", 10)).containsExactly(due.id());
  }

  // BAS-02
  @Test
  void interruptedJobsAreQueuedAndKeepTheirCount() {
    Job interrupted = bench.insert(JobStatus.INTERRUPT);

    assertThat(bench.waitingJobs().requeueInterruptedJobs())
        .isEqualTo(Map.of("requeued", 1L, "cancelled", 0L));

    assertThat(bench.job(interrupted).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(bench.job(interrupted).retryCount()).isEqualTo(2);
  }

  // BAS-03, BAS-04
  @Test
  void overdueJobsOfPythonWorkersAreRequeued() {
    WorkerId python = WorkerId.next();
    bench.store.reportPythonWorker(python, Map.of("name", "python"));
    Job job = bench.started(python, LONG_AGO, Duration.ofSeconds(200));

    assertThat(bench.startedJobs().run(Map.of("timeout", 110)))
        .isEqualTo(Map.of("started", 1L, "requeued", 0L));
    assertThat(bench.startedJobs().run(Map.of())).containsEntry("requeued", 0L);
    assertThat(bench.startedJobs().run(Map.of("timeout", 90)))
        .isEqualTo(Map.of("started", 1L, "requeued", 1L));

    assertThat(bench.job(job).status()).isEqualTo(JobStatus.QUEUED);
  }

  // BAS-03, BAS-04
  @Test
  void jobsOfWorkersWithoutADocumentAreRequeuedAtOnce() {
    Job job = bench.started(WorkerId.next(), LONG_AGO, Duration.ofHours(1));
    Job young = bench.started(WorkerId.next(), Duration.ofSeconds(1), Duration.ofHours(1));

    assertThat(bench.startedJobs().run(Map.of())).isEqualTo(Map.of("started", 2L, "requeued", 1L));

    assertThat(bench.job(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(bench.job(job).crashes()).isEqualTo(1);
    assertThat(bench.job(young)).isEqualTo(young);
  }

  // BAS-03
  @Test
  void jobsOfLostWorkersAreRequeuedAndThoseOfLivingOnesAreLeftToThem() {
    WorkerId lost = WorkerId.next();
    WorkerId living = WorkerId.next();
    bench.store.workers().register(lost, new HashMap<>());
    bench.store.workers().register(living, new HashMap<>());
    bench.store.workers().markLost(lost, 0);
    Job ofLost = bench.started(lost, LONG_AGO, Duration.ofHours(1));
    Job overdue = bench.started(living, LONG_AGO, Duration.ofSeconds(1));

    assertThat(bench.startedJobs().run(Map.of("timeout", "1")))
        .containsEntry("started", 2L)
        .containsEntry("requeued", 1L)
        .hasEntrySatisfying(
            "note", note -> assertThat(note.toString()).startsWith("1 jobs run longer"));

    assertThat(bench.job(ofLost).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(bench.job(overdue)).isEqualTo(overdue);
  }

  @Test
  void jobsWithoutATimeoutAreNeverOverdue() {
    WorkerId python = WorkerId.next();
    bench.store.reportPythonWorker(python, Map.of("name", "python"));
    bench.started(python, Duration.ofDays(30), Duration.ZERO);

    assertThat(bench.startedJobs().run(Map.of())).containsEntry("requeued", 0L);
  }

  @Test
  void queuedJobsThatTheIndexLacksAreOffered() {
    Job known = bench.insert(JobStatus.QUEUED);
    bench.lostJobs().run(Map.of());
    Job lost = bench.insert(JobStatus.QUEUED, job -> job.queue("lost"));

    assertThat(bench.lostJobs().run(Map.of("max_queue_items", 1000)))
        .isEqualTo(Map.of("fetched", 1L, "requeued", 1L));

    assertThat(bench.index.take("lost", 10)).containsExactly(lost.id());
    assertThat(bench.index.take("default", 10)).containsExactly(known.id());
  }

  @Test
  void whileRedisIsAwayNoJobIsLost() {
    bench.index.setAvailable(false);

    assertThat(bench.lostJobs().run(Map.of())).containsEntry("requeued", 0L).containsKey("note");
  }

  @Test
  void tasksForWhatIsNotHereSayWhy() {
    InapplicableTasks tasks = new InapplicableTasks();

    assertThat(tasks.requeueRedisStartedJobs())
        .containsEntry("fetched", 0L)
        .containsEntry("requeued", 0L)
        .containsKey("note");
    assertThat(tasks.cleanKnownQueues()).containsOnlyKeys("note");
    assertThat(tasks.migrateKnownQueues()).containsOnlyKeys("note");
    assertThat(tasks.orchestrate()).containsOnlyKeys("note");
  }
}
