package io.mrq.test.memory;

import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.job.Job;
import io.mrq.job.WorkerId;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogStore;
import io.mrq.port.StorePorts;
import io.mrq.query.JobQueries;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.schedule.ScheduleStore;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobMoves;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskStore;
import io.mrq.test.memory.access.InMemoryApiKeys;
import io.mrq.test.memory.audit.InMemoryAuditLog;
import io.mrq.test.memory.bulk.InMemoryBulkActionStore;
import io.mrq.test.memory.bulk.InMemoryBulkMoves;
import io.mrq.test.memory.job.Availability;
import io.mrq.test.memory.job.InMemoryJobs;
import io.mrq.test.memory.key.InMemoryJobKeys;
import io.mrq.test.memory.log.InMemoryJobLogStore;
import io.mrq.test.memory.query.InMemoryJobQueries;
import io.mrq.test.memory.queue.InMemoryParkedTasks;
import io.mrq.test.memory.queue.InMemoryQueuePauses;
import io.mrq.test.memory.recovery.InMemoryRecoveryStore;
import io.mrq.test.memory.schedule.InMemoryScheduleStore;
import io.mrq.test.memory.stats.InMemoryJobRates;
import io.mrq.test.memory.stats.InMemoryQueueStats;
import io.mrq.test.memory.store.InMemoryJobMoves;
import io.mrq.test.memory.store.InMemoryJobStore;
import io.mrq.test.memory.task.InMemoryTaskStore;
import io.mrq.test.memory.worker.InMemoryWorkerStore;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every port of the job store in memory, with the same rules as the real one. For tests: nothing
 * outlives the process, and a question about a queue looks at all jobs.
 */
public final class InMemoryStore implements StorePorts {
  private final Availability availability = new Availability();
  private final InMemoryJobs documents = new InMemoryJobs(availability);
  private final JobStore jobs = new InMemoryJobStore(documents);
  private final JobMoves moves = new InMemoryJobMoves(documents);
  private final JobQueries queries = new InMemoryJobQueries(documents);
  private final RecoveryStore recovery = new InMemoryRecoveryStore(documents);
  private final JobKeys keys = new InMemoryJobKeys(availability);
  private final InMemoryWorkerStore workers;
  private final ParkedTasks parked = new InMemoryParkedTasks(documents);
  private final QueuePauses pauses = new InMemoryQueuePauses(availability, parked);
  private final TaskStore tasks = new InMemoryTaskStore(availability);
  private final BulkActionStore actions = new InMemoryBulkActionStore(availability);
  private final BulkMoves bulk = new InMemoryBulkMoves(documents);
  private final ScheduleStore schedules;
  private final QueueStats stats = new InMemoryQueueStats(availability);
  private final JobRates rates = new InMemoryJobRates(availability);
  private final JobLogStore logs = new InMemoryJobLogStore(availability);
  private final AuditLog audit = new InMemoryAuditLog(availability);
  private final ApiKeys apiKeys = new InMemoryApiKeys(availability);

  /** An empty store on the system's clock. */
  public InMemoryStore() {
    this(InstantSource.system());
  }

  /**
   * An empty store.
   *
   * @param clock dates the beats of workers, and is the time of schedules; all other moments are
   *     given by the callers
   */
  public InMemoryStore(InstantSource clock) {
    workers = new InMemoryWorkerStore(availability, clock);
    schedules = new InMemoryScheduleStore(availability, clock);
  }

  @Override
  public JobStore jobs() {
    return jobs;
  }

  @Override
  public JobMoves moves() {
    return moves;
  }

  @Override
  public JobQueries queries() {
    return queries;
  }

  @Override
  public RecoveryStore recovery() {
    return recovery;
  }

  @Override
  public JobKeys keys() {
    return keys;
  }

  @Override
  public WorkerStore workers() {
    return workers;
  }

  @Override
  public QueuePauses pauses() {
    return pauses;
  }

  @Override
  public ParkedTasks parked() {
    return parked;
  }

  @Override
  public TaskStore tasks() {
    return tasks;
  }

  @Override
  public BulkActionStore actions() {
    return actions;
  }

  @Override
  public BulkMoves bulk() {
    return bulk;
  }

  @Override
  public ScheduleStore schedules() {
    return schedules;
  }

  @Override
  public QueueStats stats() {
    return stats;
  }

  @Override
  public JobRates rates() {
    return rates;
  }

  @Override
  public JobLogStore logs() {
    return logs;
  }

  @Override
  public AuditLog audit() {
    return audit;
  }

  @Override
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /**
   * Switches all ports off or on.
   *
   * @param available false: every call of every port throws {@link StoreUnavailableException} and
   *     changes nothing
   */
  public void setAvailable(boolean available) {
    availability.set(available);
  }

  /** Stores a job as another program might: as it is, and in place of a job with the same id. */
  public void insertAsIs(Job job) {
    documents.put(job);
  }

  /** Reports a worker without a beat, as a Python worker does: inserts or changes its document. */
  public void reportPythonWorker(WorkerId worker, Map<String, @Nullable Object> document) {
    workers.reportAsPython(worker, document);
  }
}
