package io.mrq.service.worker.basetasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkActions;
import io.mrq.bulk.BulkFilter;
import io.mrq.engine.bulk.BatchMover;
import io.mrq.engine.bulk.BulkActionRunner;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.task.TaskCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobActionTaskTest {
  private final Bench bench = new Bench();

  // BAS-05
  @Test
  void anActionThatIsUnknownOrMissingDoesNothing() throws Exception {
    Job job = bench.insert(JobStatus.FAILED);

    for (Map<String, @Nullable Object> params :
        List.<Map<String, @Nullable Object>>of(
            Map.of(),
            Map.of("status", "failed"),
            Map.of("action", "", "status", "failed"),
            Map.of("action", "delete", "status", "failed"))) {
      assertThat(bench.act(params))
          .containsEntry("requeued", 0L)
          .containsEntry("cancelled", 0L)
          .containsKey("note");
    }
    assertThat(bench.job(job)).isEqualTo(job);
  }

  // BAS-08, BUG-31
  @Test
  void cancelsWaitingJobsByPathByQueueAndByParams() throws Exception {
    bench.insert(2, JobStatus.QUEUED, job -> job.path("a").queue("q1"));
    Job third =
        bench.insert(JobStatus.QUEUED, job -> job.path("a").queue("q2").params(Map.of("n", 1)));
    Job other = bench.insert(JobStatus.QUEUED, job -> job.path("b").queue("q3"));

    assertThat(bench.act(Map.of("action", "cancel", "queue", "q1", "params", "{\"n\":1}")))
        .isEqualTo(Map.of("requeued", 0L, "cancelled", 0L));
    assertThat(bench.act(Map.of("action", "cancel", "path", "a", "params", "{\"n\":1.0}")))
        .isEqualTo(Map.of("requeued", 0L, "cancelled", 1L));
    assertThat(bench.act(Map.of("action", "cancel", "queue", "q1")))
        .isEqualTo(Map.of("requeued", 0L, "cancelled", 2L));
    assertThat(bench.job(third).status()).isEqualTo(JobStatus.CANCEL);
    assertThat(bench.job(third).dateexpires()).isAfter(bench.clock.instant());
    assertThat(bench.job(other)).isEqualTo(other);
  }

  // BAS-09, BUG-01
  @Test
  void requeuesWhatIsNotQueuedFromTheStart() throws Exception {
    Job failed = bench.insert(JobStatus.FAILED);
    Job cancelled = bench.insert(JobStatus.CANCEL);
    bench.insert(JobStatus.QUEUED);

    assertThat(bench.act(Map.of("action", "requeue", "path", "tests.Sample")))
        .isEqualTo(Map.of("requeued", 2L, "cancelled", 0L));

    for (Job before : List.of(failed, cancelled)) {
      Job after = bench.job(before);
      assertThat(after.status()).isEqualTo(JobStatus.QUEUED);
      assertThat(after.retryCount()).isZero();
      assertThat(after.dateexpires()).isNull();
      assertThat(after.datequeued()).isEqualTo(bench.clock.instant());
    }
  }

  // BAS-09, BUG-32
  @Test
  void requeueRetryKeepsTheRetriesAndADestinationIsUsed() throws Exception {
    Job failed = bench.insert(JobStatus.FAILED);

    assertThat(
            bench.act(
                Map.of(
                    "action",
                    "requeue_retry",
                    "status",
                    "failed",
                    "destination_queue",
                    "elsewhere")))
        .containsEntry("requeued", 1L);

    assertThat(bench.job(failed).retryCount()).isEqualTo(2);
    assertThat(bench.job(failed).queue()).isEqualTo("elsewhere");
    assertThat(bench.index.sizes(List.of("elsewhere"))).containsEntry("elsewhere", 1L);
  }

  // BUG-30
  @ParameterizedTest
  @EnumSource
  void runningJobsAreLeftAloneAndWaitingOnesAreNotRequeued(JobStatus status) throws Exception {
    Job before = bench.insert(status);

    bench.act(Map.of("action", "requeue", "status", status.text()));

    boolean moved = Kind.REQUEUE.from().contains(status);
    assertThat(bench.job(before).equals(before)).isEqualTo(!moved);
  }

  // BAS-06
  @Test
  void listsMeanAnyOf() throws Exception {
    WorkerId worker = WorkerId.next();
    bench.insert(JobStatus.FAILED, job -> job.path("a").worker(worker).exceptiontype("X"));
    bench.insert(JobStatus.TIMEOUT, job -> job.path("b").worker(worker).exceptiontype("Y"));
    bench.insert(JobStatus.FAILED, job -> job.path("c").worker(worker).exceptiontype("X"));
    bench.insert(JobStatus.FAILED, job -> job.path("a").exceptiontype("X"));

    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("action", "requeue");
    params.put("path", List.of("a", "b"));
    params.put("status", List.of("failed", "timeout"));
    params.put("worker", worker.hex());
    params.put("exceptiontype", List.of("X", "Y"));

    assertThat(bench.act(params)).containsEntry("requeued", 2L);
    assertThat(bench.count(JobStatus.QUEUED)).isEqualTo(2);
  }

  // BAS-06, BUG-59
  @Test
  void aQueueThatEndsInASlashIsAPrefixAndNoPattern() throws Exception {
    bench.insert(JobStatus.QUEUED, job -> job.queue("mails/a"));
    bench.insert(JobStatus.QUEUED, job -> job.queue("mails/b/c"));
    Job plain = bench.insert(JobStatus.QUEUED, job -> job.queue("mails"));
    Job like = bench.insert(JobStatus.QUEUED, job -> job.queue("mailsx/a"));

    assertThat(bench.act(Map.of("action", "cancel", "queue", "mail./")))
        .containsEntry("cancelled", 0L);
    assertThat(bench.act(Map.of("action", "cancel", "queue", "mails/")))
        .containsEntry("cancelled", 2L);
    assertThat(bench.job(plain)).isEqualTo(plain);
    assertThat(bench.job(like)).isEqualTo(like);
  }

  // BAS-06
  @Test
  void anIdSelectsOneJobHoweverNewItIs() throws Exception {
    JobId self = JobId.next();
    Job newer = bench.insert(JobStatus.FAILED);

    assertThat(bench.act(self, Map.of("action", "requeue", "id", newer.id().hex())))
        .containsEntry("requeued", 1L);
    assertThat(
            bench.act(Map.of("action", "cancel", "id", newer.id().hex(), "path", "something.else")))
        .containsEntry("cancelled", 0L);
    assertThat(bench.job(newer).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void oneJobCountsOnceWhateverListsItPasses() throws Exception {
    Job job = bench.insert(JobStatus.FAILED, failed -> failed.path("a"));

    assertThat(
            bench.act(
                Map.of("action", "requeue", "id", job.id().hex(), "path", List.of("a", "b", "c"))))
        .containsEntry("requeued", 1L);
  }

  @Test
  void ofManyJobsThoseWithTheParamsKeepTheirOrder() throws Exception {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      Map<String, @Nullable Object> params = Map.of("even", i % 2 == 0);
      jobs.add(bench.insert(JobStatus.FAILED, job -> job.queue("q").params(params)));
    }

    assertThat(bench.act(Map.of("action", "requeue", "queue", "q", "params", "{\"even\":true}")))
        .containsEntry("requeued", 300L);

    assertThat(bench.index.take("q", 600))
        .isEqualTo(
            jobs.stream()
                .filter(job -> Boolean.TRUE.equals(job.params().get("even")))
                .map(Job::id)
                .toList());
  }

  @Test
  void aDateIsWhenARetryIsDueOrItsBounds() throws Exception {
    Instant due = bench.clock.instant();
    Job early = bench.insert(JobStatus.RETRY, job -> job.dateretry(due));
    Job late = bench.insert(JobStatus.RETRY, job -> job.dateretry(due.plusSeconds(60)));
    bench.insert(JobStatus.FAILED);

    assertThat(bench.act(Map.of("action", "requeue_retry", "dateretry", Map.of("$lte", due))))
        .containsEntry("requeued", 1L);
    assertThat(bench.job(early).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(bench.act(Map.of("action", "requeue", "dateretry", due.plusSeconds(60).toString())))
        .containsEntry("requeued", 1L);
    assertThat(bench.job(late).status()).isEqualTo(JobStatus.QUEUED);
  }

  // BAS-07
  @Test
  void onlyJobsThatAreOlderThanItsOwnAreTouched() throws Exception {
    bench.insert(5, JobStatus.QUEUED, job -> job.queue("q"));
    JobId self = JobId.next();
    bench.insert(6, JobStatus.QUEUED, job -> job.queue("q"));

    assertThat(bench.act(self, Map.of("action", "cancel", "queue", "q")))
        .containsEntry("cancelled", 5L);
    assertThat(bench.count(JobStatus.QUEUED)).isEqualTo(6);

    assertThat(bench.act(Map.of("action", "requeue", "status", "cancel")))
        .containsEntry("requeued", 5L);
    assertThat(bench.count(JobStatus.QUEUED)).isEqualTo(11);
  }

  // MIX-09
  @Test
  void emptyFieldsOfAFormAreIgnored() throws Exception {
    Map<String, @Nullable Object> form = new HashMap<>();
    for (String field :
        List.of("id", "queue", "worker", "path", "dateretry", "exceptiontype", "params")) {
      form.put(field, "");
    }
    form.put("destination_queue", null);
    form.put("status", List.of("failed"));
    form.put("action", "requeue");
    Job failed = bench.insert(JobStatus.FAILED);

    assertThat(bench.act(form)).isEqualTo(Map.of("requeued", 1L, "cancelled", 0L));
    assertThat(bench.job(failed).queue()).isEqualTo("default");
  }

  // BUG-59
  @Test
  void whatHasNoMeaningDoesNothingAndSaysWhy() throws Exception {
    Job job = bench.insert(JobStatus.FAILED);

    for (Map<String, @Nullable Object> filter :
        List.<Map<String, @Nullable Object>>of(
            Map.of(),
            Map.of("path", ""),
            Map.of("path", Map.of("$ne", "x")),
            Map.of("status", "broken"),
            Map.of("worker", "me"),
            Map.of("id", "7"),
            Map.of("params", "[1]"),
            Map.of("params", "{\"$where\":\"1\"}"),
            Map.of("dateretry", Map.of("$ne", bench.clock.instant())),
            Map.of("dateretry", "soon"),
            Map.of("path", "tests.Sample", "destination_queue", "a b"))) {
      Map<String, @Nullable Object> params = new HashMap<>(filter);
      params.put("action", "requeue");
      assertThat(bench.act(params))
          .as(filter.toString())
          .containsEntry("requeued", 0L)
          .hasEntrySatisfying(
              "note", note -> assertThat(note.toString()).startsWith("Nothing was done"));
    }
    assertThat(bench.job(job)).isEqualTo(job);
  }

  // BAS-09
  @Test
  void manyJobsKeepTheirOrder() throws Exception {
    List<Job> jobs = bench.insert(1200, JobStatus.FAILED, job -> job.queue("q"));

    assertThat(bench.act(Map.of("action", "requeue", "queue", "q")))
        .containsEntry("requeued", 1200L);

    assertThat(bench.index.take("q", 2000)).isEqualTo(jobs.stream().map(Job::id).toList());
  }

  @Test
  void aRunThatIsRepeatedChangesNoJobForTheSecondTime() throws Exception {
    Job failed = bench.insert(JobStatus.FAILED);
    JobId self = JobId.next();
    Map<String, @Nullable Object> params = Map.of("action", "requeue", "path", "tests.Sample");
    bench.act(self, params);
    bench.store.insertAsIs(bench.job(failed).toBuilder().status(JobStatus.SUCCESS).build());

    bench.act(self, params);

    assertThat(bench.job(failed).status()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void severalAtOnceAndABulkActionBesideThemMoveEachJobOnce() throws Exception {
    bench.insert(2000, JobStatus.FAILED, job -> job.queue("q"));
    BulkActions actions = new BulkActions(bench.store.actions(), bench.store.bulk(), bench.clock);
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.queue("q"));
    bench.clock.advance(Duration.ofDays(3650));
    actions.start(actions.prepare(Kind.REQUEUE, filter, null, "test"));

    long moved = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Map<String, Object>>> tasks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        tasks.add(threads.submit(() -> bench.act(Map.of("action", "requeue", "queue", "q"))));
      }
      BulkActionRunner runner =
          new BulkActionRunner(
              bench.store.actions(),
              bench.store.bulk(),
              new BatchMover(bench.store.bulk(), bench.dispatcher, TaskCatalog.EMPTY),
              MaintenanceEvents.NONE,
              bench.clock,
              System::nanoTime);
      while (!bench.store.actions().open(1).isEmpty()) {
        runner.pass();
      }
      for (Future<Map<String, Object>> task : tasks) {
        moved += ((Number) Objects.requireNonNull(task.get().get("requeued"))).longValue();
      }
    }
    moved += actions.list(1).getFirst().progress().moved();

    assertThat(moved).isEqualTo(2000);
    assertThat(bench.count(JobStatus.QUEUED)).isEqualTo(2000);
  }
}
