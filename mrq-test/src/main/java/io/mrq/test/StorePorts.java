package io.mrq.test;

import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogStore;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobMoves;
import io.mrq.store.JobStore;
import io.mrq.worker.WorkerStore;

/**
 * All ports of the job store over the same data.
 *
 * @param jobs enqueue, claim, complete
 * @param recovery for the maintenance duties
 * @param queries looking at jobs
 * @param moves by hand
 * @param keys idempotency keys
 * @param workers worker documents
 * @param pauses paused queues
 * @param stats shared counts
 * @param audit who did what
 * @param actions bulk actions
 * @param bulk their moves
 * @param rates how much happens
 * @param logs what tasks logged
 * @param apiKeys keys of services
 */
public record StorePorts(
    JobStore jobs,
    RecoveryStore recovery,
    JobQueries queries,
    JobMoves moves,
    JobKeys keys,
    WorkerStore workers,
    QueuePauses pauses,
    QueueStats stats,
    AuditLog audit,
    BulkActionStore actions,
    BulkMoves bulk,
    JobRates rates,
    JobLogStore logs,
    ApiKeys apiKeys) {}
