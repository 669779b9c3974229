package io.mrq.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of one job as stored in {@code mrq_jobs} (behaviours §2.2, protocol §1).
 * The components carry the documents' meaning; null is "absent".
 *
 * @param id made by whoever enqueued
 * @param path names the task
 * @param params the task's parameters, at least an empty map (MIX-18)
 * @param queue where it waits or waited
 * @param status where it stands
 * @param priority −1000 … 1000, higher first
 * @param order its place in the queue, see {@link JobOrder}; null when Python queued it
 * @param datequeued when it was last put into the queue
 * @param datestarted when its last run was claimed
 * @param dateupdated the last change of status
 * @param dateretry when a {@code retry} is due
 * @param dateexpires when a final document is deleted
 * @param worker who runs it, or ran it last
 * @param claim the claim of the current run, kept after its end
 * @param attempt how often it was claimed, never reset
 * @param retryCount retries used up
 * @param crashes how often a worker was lost while running it
 * @param result what the task returned
 * @param progress 0 … 1, as told by the task
 * @param totaltime how long the last run took
 * @param exceptiontype of the last failure
 * @param fingerprint of the last failure, see {@link Fingerprint}; null when Python wrote it
 * @param traceback of the last failure
 * @param tracebackHistory the last twenty attempts that did not succeed, oldest first
 * @param timeout the job's own limit for one run; null: the task's; zero: none
 * @param maxRetries the job's own limit of retries; null: the task's
 * @param ttl how long the document is kept after its end; null: as its task and status say
 * @param parent the job whose run enqueued this one
 * @param trace W3C context of the request that enqueued it
 * @param others fields that others wrote and that have no meaning here, as they are
 */
public record Job(
    JobId id,
    String path,
    Map<String, @Nullable Object> params,
    String queue,
    JobStatus status,
    int priority,
    @Nullable Long order,
    @Nullable Instant datequeued,
    @Nullable Instant datestarted,
    @Nullable Instant dateupdated,
    @Nullable Instant dateretry,
    @Nullable Instant dateexpires,
    @Nullable WorkerId worker,
    @Nullable ClaimToken claim,
    int attempt,
    int retryCount,
    int crashes,
    @Nullable Object result,
    @Nullable Double progress,
    @Nullable Duration totaltime,
    @Nullable String exceptiontype,
    @Nullable String fingerprint,
    @Nullable String traceback,
    List<AttemptRecord> tracebackHistory,
    @Nullable Duration timeout,
    @Nullable Integer maxRetries,
    @Nullable Duration ttl,
    @Nullable JobId parent,
    @Nullable TraceContext trace,
    Map<String, @Nullable Object> others) {

  /** Whether it waits for its first run at a later date: a {@code retry} that was never claimed. */
  public boolean isDelayed() {
    return status == JobStatus.RETRY && attempt == 0;
  }
}
