package io.mrq.mongo;

import com.mongodb.client.MongoDatabase;
import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogStore;
import io.mrq.mongo.access.MongoApiKeys;
import io.mrq.mongo.audit.MongoAuditLog;
import io.mrq.mongo.bulk.MongoBulkActionStore;
import io.mrq.mongo.bulk.MongoBulkMoves;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.index.MongoIndexes;
import io.mrq.mongo.key.MongoJobKeys;
import io.mrq.mongo.log.LogCollection;
import io.mrq.mongo.log.MongoJobLogStore;
import io.mrq.mongo.query.MongoJobQueries;
import io.mrq.mongo.queue.MongoParkedTasks;
import io.mrq.mongo.queue.MongoQueuePauses;
import io.mrq.mongo.recovery.MongoRecoveryStore;
import io.mrq.mongo.schedule.MongoScheduleStore;
import io.mrq.mongo.stats.MongoJobRates;
import io.mrq.mongo.stats.MongoQueueStats;
import io.mrq.mongo.store.MongoJobMoves;
import io.mrq.mongo.store.MongoJobStore;
import io.mrq.mongo.task.MongoTaskStore;
import io.mrq.mongo.worker.MongoWorkerStore;
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
import io.mrq.task.TaskStore;
import io.mrq.worker.WorkerStore;
import java.time.Duration;

/**
 * Every port on one MongoDB database, which may be shared with Python MRQ, and the indexes that
 * they need. Whatever the client is set to, they read from the primary, write majority and
 * journaled, and wait no longer than a timeout.
 *
 * <p>A process that runs many jobs at once should build its {@link #workers()} from a client of
 * their own, so that a heartbeat never waits for a free connection.
 *
 * @param indexes to be ensured once, when a process starts
 */
public record MongoStores(
    JobStore jobs,
    JobMoves moves,
    JobQueries queries,
    RecoveryStore recovery,
    JobKeys keys,
    WorkerStore workers,
    QueuePauses pauses,
    ParkedTasks parked,
    TaskStore tasks,
    BulkActionStore actions,
    BulkMoves bulk,
    ScheduleStore schedules,
    QueueStats stats,
    JobRates rates,
    JobLogStore logs,
    AuditLog audit,
    ApiKeys apiKeys,
    MongoIndexes indexes)
    implements StorePorts {
  /** The default size of {@code mrq_logs} in bytes: 16 MiB, as in Python MRQ. */
  public static final long LOG_BYTES = 16L * 1024 * 1024;

  /** The default timeout of a call: 15 seconds, which is longer than an election takes. */
  public static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** The stores of a database, with the default timeout and size of the log. */
  public static MongoStores of(MongoDatabase database) {
    return of(database, TIMEOUT);
  }

  /**
   * The stores of a database, with the default size of the log.
   *
   * @param timeout after which a call fails as unavailable; a timeout that the database or its
   *     client was given wins. A heartbeat always fails after one second.
   */
  public static MongoStores of(MongoDatabase database, Duration timeout) {
    return of(database, timeout, LOG_BYTES);
  }

  /**
   * The stores of a database.
   *
   * @param timeout see {@link #of(MongoDatabase, Duration)}
   * @param logBytes the size of {@code mrq_logs} at which its oldest lines are deleted; when the
   *     collection exists already and is capped, its own size wins
   */
  public static MongoStores of(MongoDatabase database, Duration timeout, long logBytes) {
    StoreCollections collections = new StoreCollections(database, timeout);
    LogCollection logs = new LogCollection(collections.database(), collections.logs(), logBytes);
    return new MongoStores(
        new MongoJobStore(collections),
        new MongoJobMoves(collections),
        new MongoJobQueries(collections),
        new MongoRecoveryStore(collections),
        new MongoJobKeys(collections),
        new MongoWorkerStore(collections),
        new MongoQueuePauses(collections),
        new MongoParkedTasks(collections),
        new MongoTaskStore(collections),
        new MongoBulkActionStore(collections),
        new MongoBulkMoves(collections),
        new MongoScheduleStore(collections),
        new MongoQueueStats(collections),
        new MongoJobRates(collections),
        new MongoJobLogStore(collections, logs),
        new MongoAuditLog(collections),
        new MongoApiKeys(collections),
        new MongoIndexes(collections, logs));
  }
}
