package io.mrq.test.memory;

import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.job.Job;
import io.mrq.job.WorkerId;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogStore;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobMoves;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.StorePorts;
import io.mrq.test.memory.access.InMemoryApiKeys;
import io.mrq.test.memory.audit.InMemoryAuditLog;
import io.mrq.test.memory.bulk.InMemoryBulkActionStore;
import io.mrq.test.memory.bulk.InMemoryBulkMoves;
import io.mrq.test.memory.job.Availability;
import io.mrq.test.memory.job.InMemoryJobs;
import io.mrq.test.memory.key.InMemoryJobKeys;
import io.mrq.test.memory.log.InMemoryJobLogStore;
import io.mrq.test.memory.query.InMemoryJobQueries;
import io.mrq.test.memory.queue.InMemoryQueuePauses;
import io.mrq.test.memory.recovery.InMemoryRecoveryStore;
import io.mrq.test.memory.stats.InMemoryJobRates;
import io.mrq.test.memory.stats.InMemoryQueueStats;
import io.mrq.test.memory.store.InMemoryJobMoves;
import io.mrq.test.memory.store.InMemoryJobStore;
import io.mrq.test.memory.worker.InMemoryWorkerStore;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole job store in memory: every store port over the same data, with the rules of the real
 * one and none of its cost. For tests: nothing is kept after the process, and a look at a queue
 * walks over all jobs.
 */
public final class InMemoryStore {
  private final Availability availability = new Availability();
  private final InMemoryJobs jobs = new InMemoryJobs(availability);
  private final InMemoryWorkerStore workers;
  private final StorePorts ports;

  /** An empty store on the system's clock. */
  public InMemoryStore() {
    this(InstantSource.system());
  }

  /**
   * An empty store.
   *
   * @param clock dates the beats of workers; all other moments are given by the callers
   */
  public InMemoryStore(InstantSource clock) {
    workers = new InMemoryWorkerStore(availability, clock);
    ports =
        new StorePorts(
            new InMemoryJobStore(jobs),
            new InMemoryRecoveryStore(jobs),
            new InMemoryJobQueries(jobs),
            new InMemoryJobMoves(jobs),
            new InMemoryJobKeys(availability),
            workers,
            new InMemoryQueuePauses(availability),
            new InMemoryQueueStats(availability),
            new InMemoryAuditLog(availability),
            new InMemoryBulkActionStore(availability),
            new InMemoryBulkMoves(jobs),
            new InMemoryJobRates(availability),
            new InMemoryJobLogStore(availability),
            new InMemoryApiKeys(availability));
  }

  /** All ports. */
  public StorePorts ports() {
    return ports;
  }

  /** Enqueue, claim, complete. */
  public JobStore jobs() {
    return ports.jobs();
  }

  /** For the maintenance duties. */
  public RecoveryStore recovery() {
    return ports.recovery();
  }

  /** Looking at jobs. */
  public JobQueries queries() {
    return ports.queries();
  }

  /** Moves by hand. */
  public JobMoves moves() {
    return ports.moves();
  }

  /** Idempotency keys. */
  public JobKeys keys() {
    return ports.keys();
  }

  /** Worker documents. */
  public WorkerStore workers() {
    return ports.workers();
  }

  /** Paused queues. */
  public QueuePauses pauses() {
    return ports.pauses();
  }

  /** What tasks logged. */
  public JobLogStore logs() {
    return ports.logs();
  }

  /** Shared counts. */
  public QueueStats stats() {
    return ports.stats();
  }

  /** Bulk actions. */
  public BulkActionStore actions() {
    return ports.actions();
  }

  /** Their moves. */
  public BulkMoves bulk() {
    return ports.bulk();
  }

  /** Who did what. */
  public AuditLog audit() {
    return ports.audit();
  }

  /** How much happens. */
  public JobRates rates() {
    return ports.rates();
  }

  /** Keys of services. */
  public ApiKeys apiKeys() {
    return ports.apiKeys();
  }

  /**
   * False: every call of every port throws {@link StoreUnavailableException} and changes nothing.
   */
  public void setAvailable(boolean available) {
    availability.set(available);
  }

  /** Stores a job as it is, in place of any with its id, as another program could have. */
  public void insertAsIs(Job job) {
    jobs.put(job);
  }

  /** Reports a worker without a beat, as a Python worker does: a document is made, or changed. */
  public void reportPythonWorker(WorkerId worker, Map<String, @Nullable Object> document) {
    workers.reportAsPython(worker, document);
  }
}
