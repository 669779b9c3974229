package io.mrq.mongo.index;

import static io.mrq.mongo.index.Question.Order.INDEX;
import static io.mrq.mongo.index.Question.Order.NONE;
import static io.mrq.mongo.index.Question.Order.SORTED;

import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.mongo.MongoStores;
import io.mrq.query.JobFilter;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything that people, workers and the maintenance duties ask of the jobs. */
final class Questions {
  private static final String WAITING = JobIndexes.WAITING.name();
  private static final String UNDERWAY = JobIndexes.UNDERWAY.name();
  private static final String LISTS = JobIndexes.LISTS.name();
  private static final String RARE = JobIndexes.RARE_STATUS.name();
  private static final String LEFT = JobIndexes.LEFT_WORKER.name();
  private static final String FAILURES = JobIndexes.FAILURES.name();
  private static final String IDS = "_id_";

  private static final Set<JobStatus> MANY = EnumSet.of(JobStatus.FAILED, JobStatus.TIMEOUT);
  private static final JobFilter FAILED = JobFilter.ALL.statuses(Set.of(JobStatus.FAILED));
  private static final JobFilter QUEUED = JobFilter.ALL.statuses(Set.of(JobStatus.QUEUED));
  private static final JobFilter STARTED = JobFilter.ALL.statuses(Set.of(JobStatus.STARTED));
  private static final JobFilter SUCCESS = JobFilter.ALL.statuses(Set.of(JobStatus.SUCCESS));
  private static final JobFilter FINISHED = JobFilter.ALL.statuses(JobStatus.finals());
  private static final Instant NOW = MutableClock.START;

  private Questions() {}

  /** What people ask; they wait for the answer. */
  static Stream<Question> ofPeople() {
    return Stream.of(
        of("all jobs", IDS, list(JobFilter.ALL)),
        of("jobs that succeeded", IDS, list(SUCCESS)),
        of("jobs of a status", RARE, list(FAILED)),
        of("jobs of statuses", RARE, list(JobFilter.ALL.statuses(MANY))),
        sorted("queued jobs", WAITING, list(QUEUED)),
        sorted("jobs that run", UNDERWAY, list(STARTED)),
        of("jobs of a queue", LISTS, list(JobFilter.ALL.queue("q"))),
        of("queued jobs of a queue", LISTS, list(QUEUED.queue("q"))),
        of("failed jobs of a queue", RARE, list(FAILED.queue("q"))),
        of("jobs of a queue that succeeded", LISTS, list(SUCCESS.queue("q"))),
        of("jobs of a task", LISTS, list(JobFilter.ALL.path("p"))),
        of("jobs of a task in a queue", LISTS, list(JobFilter.ALL.path("p").queue("q"))),
        of("failed jobs of a task", RARE, list(FAILED.path("p"))),
        sorted("children", "parent_1", list(JobFilter.ALL.parent(JobId.next()))),
        new Question(
            "jobs of an exception type",
            List.of(FAILURES, RARE),
            SORTED,
            list(FAILED.exceptiontype("E"))),
        sorted(
            "jobs of an exception type in any status",
            FAILURES,
            list(JobFilter.ALL.exceptiontype("E"))),
        of("jobs of a group", FAILURES, list(group())),
        of("jobs of a fault", FAILURES, list(group().fingerprint("f"))),
        of(
            "jobs of a fault in any failed status",
            FAILURES,
            list(group().fingerprint("f").statuses(MANY))),
        sorted("jobs of a fault in any status", FAILURES, list(JobFilter.ALL.fingerprint("f"))),
        new Question(
            "failed jobs of a fault in any task",
            List.of(FAILURES, RARE),
            SORTED,
            list(FAILED.fingerprint("f"))),
        of("failed jobs of a worker", LEFT, list(FAILED.worker(WorkerId.next()))),
        of("runs of a worker", UNDERWAY, list(STARTED.worker(WorkerId.next()))),
        of("jobs of a worker", IDS, list(JobFilter.ALL.worker(WorkerId.next()))),
        of("groups of failures", FAILURES, groups(FAILED)),
        of("groups of failures of a task", FAILURES, groups(FAILED.path("p"))),
        of("names of queues", LISTS, s -> s.queries().queues("m", 9)),
        of("names of tasks", LISTS, s -> s.queries().paths("m", 9)),
        of("count of a status", RARE, s -> s.queries().count(FAILED, 10_001)),
        of("count of a queue", LISTS, s -> s.queries().count(JobFilter.ALL.queue("q"), 10_001)),
        of("count of a task", LISTS, s -> s.queries().count(JobFilter.ALL.path("p"), 10_001)),
        read("count of a task's finished jobs", s -> s.queries().count(FINISHED.path("p"), 99)),
        read("count of a task's successes", s -> s.queries().count(SUCCESS.path("p"), 99)),
        of("count of a task's failures", RARE, s -> s.queries().count(FAILED.path("p"), 99)),
        of("jobs of a bulk action on a task", LISTS, next(FINISHED.path("p"))),
        read(
            "count of a bulk action on a task",
            s -> s.bulk().count(BulkFilter.of(FINISHED.path("p")))),
        of("count of what waits", WAITING, s -> s.queries().count(QUEUED.queue("q"), 10_001)),
        of("jobs of a bulk action on a group", FAILURES, next(group())),
        of("jobs of a bulk action on a queue", LISTS, next(QUEUED.queue("q"))),
        of("jobs of a bulk action on a status", RARE, next(FAILED)),
        of(
            "what became of requeued jobs",
            "action_1",
            s -> s.bulk().outcomes(List.of(BulkActionId.next()))),
        of("count of a group", FAILURES, s -> s.bulk().count(BulkFilter.of(group()))));
  }

  /** What workers and the maintenance duties ask time and again; nobody waits for these. */
  static Stream<Question> ofDuties() {
    return Stream.of(
        of("the head of a queue", WAITING, s -> s.recovery().head("q", 100)),
        of("a queue in order", WAITING, s -> s.recovery().inOrder("q", null, 100)),
        of(
            "a queue in order from a place",
            WAITING,
            s -> s.recovery().inOrder("q", new ReadyJob(JobId.next(), "q", 5), 100)),
        of("jobs that nobody has adopted", WAITING, s -> s.recovery().adopt("q", 100)),
        of("queues with jobs", WAITING, s -> s.recovery().queuesWithJobs()),
        of("parked jobs", WAITING, s -> s.parked().jobs("q", List.of("a", "b"), 100)),
        of("counts of parked jobs", WAITING, s -> s.parked().count("q", NOW)),
        of("claims without Redis", WAITING, s -> s.jobs().queued(List.of("q", "r"), 100)),
        of("workers with runs", UNDERWAY, s -> s.recovery().workersWithRuns()),
        of(
            "runs of workers without a document",
            UNDERWAY,
            s -> s.recovery().abandoned(List.of(WorkerId.next()), NOW)),
        of("the audit of a worker", UNDERWAY, s -> s.jobs().runsOf(WorkerId.next())),
        new Question(
            "the rescue of a worker",
            List.of(UNDERWAY, LEFT),
            INDEX,
            s -> s.recovery().rescue(WorkerId.next(), 5, NOW)),
        of("jobs that are due", JobIndexes.DUE.name(), s -> s.recovery().requeueDue(NOW, 100)),
        of("when the next job is due", JobIndexes.DUE.name(), s -> s.recovery().nextDue()),
        new Question(
            "interrupted jobs",
            List.of(RARE, UNDERWAY),
            INDEX,
            s -> s.recovery().requeueInterrupted(NOW, 100)),
        of("expired jobs", "dateexpires_1", s -> s.recovery().deleteExpired(NOW, 100)),
        new Question(
            "counts of queues", List.of(WAITING, UNDERWAY), INDEX, s -> s.recovery().count()),
        of(
            "unfinished jobs that would expire",
            JobIndexes.ENDANGERED.name(),
            s -> s.recovery().keepUnfinished(Instant.parse("2101-01-01T00:00:00Z"), 1000)));
  }

  private static Question of(String name, String index, Consumer<MongoStores> ask) {
    return new Question(name, List.of(index), INDEX, ask);
  }

  private static Question sorted(String name, String index, Consumer<MongoStores> ask) {
    return new Question(name, List.of(index), SORTED, ask);
  }

  private static Question read(String name, Consumer<MongoStores> ask) {
    return new Question(name, List.of(LISTS), NONE, ask);
  }

  private static Consumer<MongoStores> next(JobFilter filter) {
    return stores -> stores.bulk().next(BulkFilter.of(filter.until(NOW)), null, 500);
  }

  private static JobFilter group() {
    return FAILED.path("p").exceptiontype("E");
  }

  private static Consumer<MongoStores> list(JobFilter filter) {
    return stores -> stores.queries().summaries(filter, null, 50);
  }

  private static Consumer<MongoStores> groups(JobFilter filter) {
    return stores -> stores.queries().failures(filter, NOW, 50);
  }
}
