package io.mrq.api;

import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditLog;
import io.mrq.client.ActionEvents;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.bulk.BatchMover;
import io.mrq.engine.bulk.BulkActionRunner;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.engine.schedule.RecurringJobEnqueuer;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.log.JobLogStore;
import io.mrq.query.JobFilter;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueueActions;
import io.mrq.schedule.ScheduleEnqueuer;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.Schedules;
import io.mrq.schedule.SlotTimes;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.SharedTasks;
import io.mrq.task.TaskSettings;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.worker.WorkerStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stores under the service, and what a test does to them behind its back. The dispatch index is
 * always away: no answer of the API waits for it (protocol §4).
 */
public final class Stores {
  private static final InstantSource CLOCK = InstantSource.system();

  private final InMemoryStore memory = new InMemoryStore();
  private final DispatchIndex index = indexThatIsAway();
  private final JobDispatcher offers = new JobDispatcher(index);
  private final SharedTasks tasks =
      new SharedTasks(
          memory.tasks(),
          _ -> Optional.empty(),
          _ -> Map.of(),
          TaskSettings.DEFAULT,
          CLOCK,
          System::nanoTime,
          Runnable::run);
  private volatile boolean redis;
  private volatile boolean insertsFailHalfWay;
  private volatile boolean conclusionsLost;
  private volatile @Nullable RuntimeException queriesFailure;

  JobClient client() {
    return new JobClient(
        new JobClient.Ports(
            failing(JobStore.class, memory.jobs()), memory.queries(), memory.keys(), offers),
        tasks,
        JobClient.Observers.NONE,
        CLOCK,
        Runnable::run);
  }

  /** The stores as they are, without failures. */
  public InMemoryStore memory() {
    return memory;
  }

  JobQueries queries() {
    return failing(JobQueries.class, memory.queries());
  }

  DispatchIndex index() {
    return index;
  }

  /** Whether the dispatch index says that it is there. */
  public void redis(boolean available) {
    redis = available;
  }

  /** Shared counts. */
  public QueueStats stats() {
    return memory.stats();
  }

  /** The schedules of recurring jobs. */
  public ScheduleStore schedules() {
    return memory.schedules();
  }

  Schedules definedSchedules() {
    return new Schedules(memory.schedules(), slotTimes(), client());
  }

  /** Lets a scheduler enqueue everything that is due. */
  public void runSchedules() {
    RecurringJobEnqueuer scheduler =
        new RecurringJobEnqueuer(
            memory.schedules(),
            memory.jobs(),
            new ScheduleEnqueuer(memory.schedules(), client()),
            slotTimes(),
            MaintenanceEvents.NONE,
            System::nanoTime);
    while (scheduler.pass().isZero()) {}
  }

  private static SlotTimes slotTimes() {
    return new SlotTimes(expression -> {
      throw new IllegalArgumentException("must be a cron expression, but is " + expression);
    });
  }

  /** How much happens. */
  public JobRates rates() {
    return memory.rates();
  }

  /** Deletes the jobs that expire within this time. */
  public void deleteExpiring(Duration within) {
    memory.recovery().deleteExpired(CLOCK.instant().plus(within), 1000);
  }

  JobActions actions() {
    return new JobActions(
        memory.queries(), memory.moves(), offers, tasks, ActionEvents.NONE, CLOCK);
  }

  /** What workers have published. */
  public SharedTasks tasks() {
    return tasks;
  }

  QueueActions queueActions() {
    return new QueueActions(memory.pauses(), CLOCK);
  }

  /** Lets a scheduler do all bulk actions to their end. */
  public void runActions() {
    BulkActionRunner runner =
        new BulkActionRunner(
            memory.actions(),
            memory.bulk(),
            new BatchMover(memory.bulk(), offers, tasks),
            MaintenanceEvents.NONE,
            CLOCK,
            System::nanoTime);
    while (!memory.actions().open(1).isEmpty()) {
      runner.pass();
    }
  }

  AuditLog audit() {
    return failing(AuditLog.class, memory.audit());
  }

  /** The newest entry of the audit log. */
  public AuditEntry lastAct() {
    return memory.audit().list(null, 1).getFirst();
  }

  public Job job(String id) {
    return memory.queries().find(new JobId(id)).orElseThrow();
  }

  public List<Job> inQueue(String queue) {
    return list(JobFilter.ALL.queue(queue));
  }

  public long count() {
    return list(JobFilter.ALL).size();
  }

  public JobLogStore logs() {
    return memory.logs();
  }

  public ApiKeys apiKeys() {
    return memory.apiKeys();
  }

  public WorkerStore workers() {
    return memory.workers();
  }

  /** Stores a document as another program could have. */
  /** Stores a worker document without a beat, as a Python worker does. */
  public void reportPythonWorker(WorkerId worker, Map<String, @Nullable Object> document) {
    memory.reportPythonWorker(worker, document);
  }

  public void insert(Job job) {
    memory.insertAsIs(job);
  }

  /** The id of a new job that is in this status. */
  public String jobIn(JobStatus status) {
    Job.Builder job = JobBuilder.aJob().status(status).retryCount(2);
    if (status != JobStatus.QUEUED) {
      job.attempt(1).worker(WorkerId.next());
    }
    if (status.isFinal()) {
      job.dateexpires(CLOCK.instant().plusSeconds(3600));
    }
    Job built = job.build();
    insert(built);
    return built.id().hex();
  }

  /** The id of a new job that a Python worker runs. */
  public String runningAtPython() {
    WorkerId worker = WorkerId.next();
    memory.reportPythonWorker(worker, Map.of("name", "python"));
    Job built = JobBuilder.aJob().status(JobStatus.STARTED).attempt(1).worker(worker).build();
    insert(built);
    return built.id().hex();
  }

  /** Claims a queued job, as a worker does. */
  public Claim start(String id) {
    Claim claim = Claim.by(WorkerId.next());
    memory.jobs().claim(claim, job(id).queue(), List.of(new JobId(id)), now());
    return claim;
  }

  /** Claims a queued job and ends its run. */
  public Claim end(String id, JobOutcome outcome) {
    Claim claim = start(id);
    Completion completion =
        Completion.of(job(id), claim, outcome, Retention.DEFAULT, now().plusMillis(20));
    memory.jobs().complete(List.of(memory.jobs().prepare(completion)));
    return claim;
  }

  /** While {@code action} runs, no store answers. */
  public void away(Runnable action) {
    memory.setAvailable(false);
    try {
      action.run();
    } finally {
      memory.setAvailable(true);
    }
  }

  /** While {@code action} runs, inserts are applied to half of their jobs and then fail. */
  public void failAfterInsert(Runnable action) {
    insertsFailHalfWay = true;
    try {
      action.run();
    } finally {
      insertsFailHalfWay = false;
    }
  }

  /** While {@code action} runs, no outcome of an act can be stored. */
  public void losingConclusions(Runnable action) {
    conclusionsLost = true;
    try {
      action.run();
    } finally {
      conclusionsLost = false;
    }
  }

  /** While {@code action} runs, every look at a job fails like this. */
  public void broken(RuntimeException failure, Runnable action) {
    queriesFailure = failure;
    try {
      action.run();
    } finally {
      queriesFailure = null;
    }
  }

  private DispatchIndex indexThatIsAway() {
    return (DispatchIndex)
        Proxy.newProxyInstance(
            DispatchIndex.class.getClassLoader(),
            new Class<?>[] {DispatchIndex.class},
            (_, method, _) -> {
              if (method.getName().equals("isAvailable")) {
                return redis;
              }
              throw new DispatchUnavailableException("the index is away", null);
            });
  }

  private List<Job> list(JobFilter filter) {
    return memory.queries().list(filter, null, 100_000);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(CLOCK.millis());
  }

  private <T> T failing(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, args) -> {
              if (port == JobStore.class
                  && method.getName().equals("insert")
                  && insertsFailHalfWay) {
                insertHalf((Collection<?>) args[0]);
              }
              if (method.getName().equals("conclude") && conclusionsLost) {
                throw new StoreUnavailableException("the audit log went away", null);
              }
              RuntimeException failure = queriesFailure;
              if (port == JobQueries.class && failure != null) {
                throw failure;
              }
              return invoke(target, method, args);
            }));
  }

  private void insertHalf(Collection<?> jobs) {
    List<NewJob> half = new ArrayList<>();
    jobs.stream().limit(jobs.size() / 2).forEach(job -> half.add((NewJob) job));
    memory.jobs().insert(half);
    throw new StoreUnavailableException("the answer was lost", null);
  }

  private static @Nullable Object invoke(Object target, Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
