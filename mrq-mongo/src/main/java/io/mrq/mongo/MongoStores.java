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
import io.mrq.mongo.queue.MongoQueuePauses;
import io.mrq.mongo.recovery.MongoRecoveryStore;
import io.mrq.mongo.stats.MongoJobRates;
import io.mrq.mongo.stats.MongoQueueStats;
import io.mrq.mongo.store.MongoJobMoves;
import io.mrq.mongo.store.MongoJobStore;
import io.mrq.mongo.worker.MongoWorkerStore;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobMoves;
import io.mrq.store.JobStore;
import io.mrq.worker.WorkerStore;
import java.time.Duration;

/**
 * Every port of {@code io.mrq.store} on one MongoDB database, which may be shared with Python MRQ.
 * All of them are safe for use by many threads.
 *
 * <p>Whatever the client is set to, they read from the primary, write majority and journaled, and
 * wait no longer than a timeout.
 *
 * @param jobs the hot path
 * @param recovery for the maintenance duties
 * @param moves by hand
 * @param queries for people
 * @param keys idempotency keys
 * @param workers worker documents and heartbeat; a process that runs many jobs at once should build
 *     these from a client of their own, so that a beat never waits for a free connection
 * @param pauses paused queues
 * @param stats shared counts
 * @param audit who did what
 * @param actions bulk actions
 * @param bulk their moves
 * @param rates how much happens
 * @param logs what tasks logged
 * @param apiKeys keys of services
 * @param indexes to be ensured once at the start of a process
 */
public record MongoStores(
    JobStore jobs,
    RecoveryStore recovery,
    JobMoves moves,
    JobQueries queries,
    JobKeys keys,
    WorkerStore workers,
    QueuePauses pauses,
    QueueStats stats,
    AuditLog audit,
    BulkActionStore actions,
    BulkMoves bulk,
    JobRates rates,
    JobLogStore logs,
    ApiKeys apiKeys,
    MongoIndexes indexes) {
  /** The size of {@code mrq_logs}, if nobody says otherwise: 16 MiB, as in Python MRQ (LOG-07). */
  public static final long LOG_BYTES = 16L * 1024 * 1024;

  /** How long one call may take, if nobody says otherwise: long enough for an election. */
  public static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** The stores of a database, with the timeout of {@link #TIMEOUT}. */
  public static MongoStores of(MongoDatabase database) {
    return of(database, TIMEOUT);
  }

  /**
   * The stores of a database.
   *
   * @param timeout after which a call fails as unavailable; a timeout that the database or its
   *     client was given wins. The heartbeat always has one second.
   */
  public static MongoStores of(MongoDatabase database, Duration timeout) {
    return of(database, timeout, LOG_BYTES);
  }

  /**
   * The stores of a database.
   *
   * @param timeout as above
   * @param logBytes the size at which the oldest log lines go; of a capped collection that is there
   *     already its own size wins
   */
  public static MongoStores of(MongoDatabase database, Duration timeout, long logBytes) {
    StoreCollections collections = new StoreCollections(database, timeout);
    LogCollection logs = new LogCollection(collections.database(), collections.logs(), logBytes);
    return new MongoStores(
        new MongoJobStore(collections),
        new MongoRecoveryStore(collections),
        new MongoJobMoves(collections),
        new MongoJobQueries(collections),
        new MongoJobKeys(collections),
        new MongoWorkerStore(collections),
        new MongoQueuePauses(collections),
        new MongoQueueStats(collections),
        new MongoAuditLog(collections),
        new MongoBulkActionStore(collections),
        new MongoBulkMoves(collections),
        new MongoJobRates(collections),
        new MongoJobLogStore(collections, logs),
        new MongoApiKeys(collections),
        new MongoIndexes(collections, logs));
  }
}
