package io.mrq.api.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.QueuePause;
import io.mrq.queue.QueueSelection;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.SlotOutcome;
import io.mrq.schedule.SlotRecord;
import io.mrq.stats.JobCounts;
import io.mrq.stats.QueueCount;
import io.mrq.stats.QueueSample;
import io.mrq.task.LayeredSettings;
import io.mrq.task.PublishedTask;
import io.mrq.task.TaskRelease;
import io.mrq.worker.WorkerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each kind of trouble: when it is told, and when not. */
class CheckTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:30:05Z");

  private final List<QueueCount> queues = new ArrayList<>();
  private final List<WorkerSummary> workers = new ArrayList<>();
  private final List<QueuePause> pauses = new ArrayList<>();
  private final List<Schedule> schedules = new ArrayList<>();
  private final SortedMap<Instant, JobCounts> totals = new TreeMap<>();
  private @Nullable Instant sampled = NOW;
  private boolean redis = true;
  private final List<ParkedTask> parked = new ArrayList<>();
  private final List<TaskRelease> releases = new ArrayList<>();

  private List<Trouble> troubles() {
    return Check.all(
        new Situation(
            NOW,
            sampled == null ? null : new QueueSample(sampled, queues),
            totals,
            workers,
            pauses,
            schedules,
            parked,
            releases,
            redis));
  }

  private List<String> kinds() {
    return troubles().stream().map(Trouble::kind).toList();
  }

  private void queued(String queue, long jobs, Duration age) {
    queues.add(new QueueCount(queue, Map.of(JobStatus.QUEUED, jobs), NOW.minus(age)));
  }

  private static List<QueueSelection> selections(String... names) {
    return Stream.of(names).map(QueueSelection::parse).toList();
  }

  private void worker(Duration silence, boolean beats, boolean gone, String... serves) {
    workers.add(
        new WorkerSummary(
            WorkerId.next(),
            "host.1",
            selections(serves),
            10,
            3,
            NOW.minus(silence),
            beats,
            gone,
            false,
            ""));
  }

  private void drainingWorker(String... serves) {
    workers.add(
        new WorkerSummary(
            WorkerId.next(),
            "host.2",
            selections(serves),
            10,
            3,
            NOW.minusSeconds(1),
            true,
            false,
            true,
            ""));
  }

  @Test
  void aTaskThatNobodyOnItsQueueKnowsIsReportedWithWhoDoes() {
    PublishedTask monthly =
        new PublishedTask("reports.monthly", "", LayeredSettings.DEFAULT, null, List.of());
    TaskRelease release = TaskRelease.of("reports", "1", List.of(monthly), NOW);
    releases.add(release);
    parked.add(
        new ParkedTask("default", "reports.monthly", NOW, 3, NOW.minus(Duration.ofMinutes(9))));
    worker(Duration.ofSeconds(1), true, false, "default");
    workers.add(
        new WorkerSummary(
            WorkerId.next(),
            "host.9",
            selections("reports"),
            10,
            0,
            NOW.minusSeconds(1),
            true,
            false,
            false,
            release.id()));

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo("unknown-task");
          assertThat(trouble.title()).isEqualTo("Nobody on default knows reports.monthly");
          assertThat(trouble.advice()).startsWith("Worker host.9 on reports does. 3 jobs wait.");
        });
  }

  @Test
  void aTaskThatNobodyKnowsAtAllIsReportedUntilAWorkerOfItsQueueKnowsIt() {
    parked.add(new ParkedTask("default", "reports.monthly", NOW, 1, null));
    parked.add(new ParkedTask("default", "gone", NOW, 0, null));
    worker(Duration.ofSeconds(1), true, false, "default");

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble ->
            assertThat(trouble.advice()).startsWith("No living worker knows it. 1 job waits."));

    PublishedTask monthly =
        new PublishedTask("reports.monthly", "", LayeredSettings.DEFAULT, null, List.of());
    TaskRelease release = TaskRelease.of("", "", List.of(monthly), NOW);
    releases.add(release);
    workers.add(
        new WorkerSummary(
            WorkerId.next(),
            "host.9",
            selections("default"),
            10,
            0,
            NOW.minusSeconds(1),
            true,
            false,
            false,
            release.id()));
    assertThat(troubles()).isEmpty();
  }

  private void schedule(String name, Instant next, SlotRecord... history) {
    schedules.add(
        new Schedule(
            ScheduleDefinition.builder(name, "tests.Sample", new Every(Duration.ofHours(1)))
                .build(),
            "api",
            NOW.minusSeconds(86_400),
            next,
            null,
            null,
            List.of(),
            null,
            List.of(),
            List.of(history),
            0));
  }

  @Test
  void aSlotThatNobodyMakesUpForIsTold() {
    schedule("fine", NOW.plusSeconds(5), SlotRecord.enqueued("fine", NOW, NOW));
    schedule(
        "nightly",
        NOW.plusSeconds(5),
        SlotRecord.without(NOW.minusSeconds(7200), SlotOutcome.MISSED, NOW.minusSeconds(60)));

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo("slot-missed");
          assertThat(trouble.severity()).isEqualTo(Trouble.Severity.WARNING);
          assertThat(trouble.title()).contains("nightly", "24 Nov 07:30:05");
          assertThat(trouble.page()).isEqualTo("recurring");
          assertThat(trouble.query()).isEqualTo("name=nightly");
        });
  }

  @Test
  void aSlotThatNobodyEnqueuesIsTold() {
    schedule("late", NOW.minusSeconds(61));
    schedule("soon", NOW.minusSeconds(59));

    assertThat(troubles()).singleElement().matches(trouble -> trouble.title().contains("overdue"));
    schedule("late-too", NOW.minusSeconds(3600));
    assertThat(troubles()).singleElement().matches(trouble -> trouble.items().size() == 2);
  }

  @Test
  void allIsWell() {
    queued("mails", 7, Duration.ofSeconds(10));
    worker(Duration.ofSeconds(1), true, false, "mails");

    assertThat(troubles()).isEmpty();
  }

  @Test
  void aQueueThatNobodyServesIsTold() {
    queued("mails", 7, Duration.ofSeconds(10));
    queued("busy/a", 1, Duration.ofSeconds(10));
    worker(Duration.ofSeconds(1), false, false, "busy/");
    worker(Duration.ofSeconds(1), true, true, "mails");

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo("no-worker");
          assertThat(trouble.severity()).isEqualTo(Trouble.Severity.CRITICAL);
          assertThat(trouble.title()).contains("mails");
          assertThat(trouble.advice()).contains("7 jobs", "mrq.worker.queues=mails");
          assertThat(trouble.page()).isEqualTo("queues");
          assertThat(trouble.query()).isEqualTo("queue=mails");
        });
  }

  @Test
  void aQueueWithoutQueuedJobsNeedsNobody() {
    queues.add(new QueueCount("mails", Map.of(JobStatus.RETRY, 3L), null));

    assertThat(kinds()).isEmpty();
  }

  /** Whoever drains the last worker of a queue is told what that does. */
  @Test
  void aQueueWhoseOnlyWorkerDrainsIsTold() {
    queued("mails", 40, Duration.ofSeconds(10));
    drainingWorker("mails", "idle");

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble -> {
          assertThat(trouble.severity()).isEqualTo(Trouble.Severity.CRITICAL);
          assertThat(trouble.title())
              .isEqualTo("No worker takes jobs from mails: its only worker is draining");
          assertThat(trouble.advice()).startsWith("40 jobs wait there.");
          assertThat(trouble.page()).isEqualTo("workers");
        });
    worker(Duration.ofSeconds(1), true, false, "mails");
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aQueueWhoseWorkersAreSilentIsServedByNobody() {
    queued("mails", 1, Duration.ofSeconds(10));
    worker(Duration.ofSeconds(11), true, false, "mails");
    worker(Duration.ofSeconds(61), false, false, "mails");

    assertThat(troubles().getFirst().title())
        .isEqualTo("No worker takes jobs from mails: its 2 workers are silent");
  }

  @Test
  void ofOneKindAllAreToldAsOneTheLargestFirst() {
    for (int i = 1; i <= 366; i++) {
      queued("q" + i, i, Duration.ofSeconds(10));
    }

    Trouble trouble = troubles().getFirst();
    assertThat(troubles()).hasSize(1);
    assertThat(trouble.title()).isEqualTo("No worker takes jobs from 366 queues");
    assertThat(trouble.advice()).startsWith("67,161 jobs wait there.");
    assertThat(trouble.items()).hasSize(366);
    assertThat(trouble.items().getFirst().query()).isEqualTo("queue=q366");
    assertThat(trouble.json()).containsEntry("count", 366);
    assertThat((List<?>) trouble.json().get("items")).hasSize(50);
  }

  @Test
  void oneJobWaits() {
    queued("mails", 1, Duration.ofSeconds(10));

    assertThat(troubles().getFirst().advice()).startsWith("1 job waits there.");
    assertThat(troubles().getFirst().json()).containsEntry("count", 1).doesNotContainKey("items");
  }

  @Test
  void namesInQueriesAreEncoded() {
    queued("a b&c", 1, Duration.ZERO);

    assertThat(troubles().getFirst().query()).isEqualTo("queue=a+b%26c");
  }

  // SEED-23
  @Test
  void oldCountsMeanThatNoSchedulerRuns() {
    sampled = NOW.minusSeconds(30);
    assertThat(kinds()).isEmpty();
    sampled = NOW.minusSeconds(31);
    assertThat(kinds()).containsExactly("no-scheduler");
    sampled = null;
    assertThat(kinds()).containsExactly("no-scheduler");
  }

  @Test
  void aJobThatWaitsForMoreThanFiveMinutesIsTold() {
    worker(Duration.ofSeconds(1), true, false, "mails");
    queued("mails", 1, Duration.ofMinutes(5));
    assertThat(kinds()).isEmpty();
    queues.clear();
    queued("mails", 1, Duration.ofMinutes(12).plusSeconds(1));

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo("oldest-job");
          assertThat(trouble.title()).contains("mails", "12 min");
        });
  }

  @Test
  void whereNobodyServesOnlyThatIsTold() {
    queued("mails", 1, Duration.ofHours(3));

    assertThat(kinds()).containsExactly("no-worker");
  }

  @Test
  void aTenthOfFailuresIsTold() {
    totals.put(NOW.minusSeconds(5), new JobCounts(0, 18, 2, 0));
    assertThat(kinds()).isEmpty();
    totals.put(NOW.minusSeconds(5), new JobCounts(0, 17, 3, 0));

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo("failing");
          assertThat(trouble.severity()).isEqualTo(Trouble.Severity.WARNING);
          assertThat(trouble.title()).isEqualTo("15 % of the jobs fail");
          assertThat(trouble.advice()).contains("3 of the 20 jobs");
          assertThat(trouble.page()).isEqualTo("exceptions");
        });
  }

  @Test
  void failuresOfLongAgoAndOfFewJobsAreNotTold() {
    totals.put(NOW.minus(Duration.ofMinutes(6)), new JobCounts(0, 0, 500, 0));
    totals.put(NOW.minusSeconds(5), new JobCounts(0, 0, 19, 0));

    assertThat(kinds()).isEmpty();
  }

  @Test
  void mostlyFailingIsCritical() {
    totals.put(NOW.minusSeconds(5), new JobCounts(0, 9, 11, 0));

    assertThat(troubles().getFirst().severity()).isEqualTo(Trouble.Severity.CRITICAL);
  }

  @Test
  void aPausedQueueWithJobsIsToldWithWhoAndWhy() {
    queued("mails/slow", 3, Duration.ofHours(1));
    pauses.add(new QueuePause("mails", "an operator", "the mail server moves", NOW));

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo("queue-paused");
          assertThat(trouble.severity()).isEqualTo(Trouble.Severity.INFO);
          assertThat(trouble.advice()).contains("3 jobs", "an operator", "the mail server moves");
        });
    queues.clear();
    assertThat(kinds()).isEmpty();
  }

  @Test
  void redisThatIsAwayIsTold() {
    redis = false;

    assertThat(kinds()).containsExactly("redis-away");
  }

  @Test
  void aWorkerWithoutABeatForTenSecondsIsTold() {
    worker(Duration.ofSeconds(10), true, false, "mails");
    assertThat(kinds()).isEmpty();
    worker(Duration.ofSeconds(11), true, false, "mails");
    worker(Duration.ofSeconds(60), false, false, "python");
    assertThat(kinds()).containsExactly("worker-silent");
    worker(Duration.ofSeconds(60), true, true, "gone");

    assertThat(troubles())
        .singleElement()
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo("worker-silent");
          assertThat(trouble.advice()).contains("11 s ago");
          assertThat(trouble.query()).isEqualTo("worker=" + workers.get(1).id().hex());
        });
  }

  @Test
  void theWorstComesFirst() {
    redis = false;
    queued("mails", 1, Duration.ZERO);
    queued("other", 1, Duration.ZERO);
    pauses.add(new QueuePause("other", "an operator", "", NOW));

    assertThat(kinds()).containsExactly("no-worker", "redis-away", "queue-paused");
  }
}
