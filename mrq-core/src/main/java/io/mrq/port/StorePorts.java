package io.mrq.port;

import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogStore;
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

/**
 * Every port of one job store, all over the same data. All of them are safe for use by many
 * threads, and each method answers the same port every time.
 */
public interface StorePorts {
  /** Enqueue, claim, complete: the hot path. */
  JobStore jobs();

  /** Cancel and requeue of one job. */
  JobMoves moves();

  /** Lists, counts and groups of jobs, for people. */
  JobQueries queries();

  /** What the maintenance duties ask of the jobs. */
  RecoveryStore recovery();

  /** Idempotency keys. */
  JobKeys keys();

  /** Worker documents and heartbeats. */
  WorkerStore workers();

  /** Paused queues. */
  QueuePauses pauses();

  /** Jobs that wait for a worker that knows their task. */
  ParkedTasks parked();

  /** What workers publish of their tasks, and overridden settings. */
  TaskStore tasks();

  /** Bulk actions and their progress. */
  BulkActionStore actions();

  /** Requeue and cancel of many jobs, for bulk actions. */
  BulkMoves bulk();

  /** Schedules of recurring jobs. */
  ScheduleStore schedules();

  /** Counts of unfinished jobs. */
  QueueStats stats();

  /** Rates of enqueued and ended jobs. */
  JobRates rates();

  /** Log lines of jobs. */
  JobLogStore logs();

  /** The audit log. */
  AuditLog audit();

  /** API keys of services. */
  ApiKeys apiKeys();
}
