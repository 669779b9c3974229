package io.mrq.test;

import io.mrq.store.ApiKeys;
import io.mrq.store.AuditLog;
import io.mrq.store.BulkActionStore;
import io.mrq.store.BulkMoves;
import io.mrq.store.JobKeys;
import io.mrq.store.JobLogStore;
import io.mrq.store.JobMoves;
import io.mrq.store.JobQueries;
import io.mrq.store.JobRates;
import io.mrq.store.JobStore;
import io.mrq.store.QueuePauses;
import io.mrq.store.QueueStats;
import io.mrq.store.RecoveryStore;
import io.mrq.store.WorkerStore;

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
