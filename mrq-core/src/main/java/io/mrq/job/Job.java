package io.mrq.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of a job as it is stored in {@code mrq_jobs}. A component that is null is
 * absent in the document.
 *
 * @param id made by the one who enqueued the job
 * @param path names the task
 * @param params the params of the task; empty when there are none
 * @param queue the queue in which the job waits, or waited last
 * @param status where the job stands
 * @param priority −1000 … 1000; higher ones run first
 * @param order the place in the queue, see {@link JobOrder}; null when Python MRQ queued the job
 * @param datequeued when the job was last put into the queue
 * @param datestarted when the last run was claimed
 * @param dateupdated when the status last changed other than by a claim, which sets {@code
 *     datestarted}
 * @param dateretry when a job with the status {@code retry} is due
 * @param dateexpires when the document is deleted; only of a job with a final status
 * @param worker the worker that runs the job, or ran it last
 * @param claim the claim of the current run; it stays when the run has ended
 * @param attempt how often the job was claimed; never reset
 * @param retryCount how many retries the job has had
 * @param crashes how often a worker was lost while it ran the job
 * @param result what the task returned
 * @param progress 0 … 1, as the task told it
 * @param totaltime how long the last run took
 * @param exceptiontype the type of the last failure
 * @param fingerprint the fingerprint of the last failure, see {@link Fingerprint}; null when Python
 *     MRQ wrote it
 * @param traceback the stack trace of the last failure
 * @param tracebackHistory the last twenty attempts that did not succeed, the oldest first
 * @param timeout the job's own limit for one run; zero: no limit; null: that of the task
 * @param maxRetries the job's own limit of retries; null: that of the task
 * @param ttl how long the job is kept after it has ended; null: as its task and status say
 * @param parent the job whose run enqueued this one
 * @param trace the W3C trace context of the request that enqueued the job
 * @param others fields that other programs wrote, as they are; MRQ gives them no meaning
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

  /** Whether the job waits for its first run at a later date: a {@code retry} never claimed. */
  public boolean isDelayed() {
    return status == JobStatus.RETRY && attempt == 0;
  }

  /** Returns a builder for a job that is queued with priority 0 and was never claimed. */
  public static Builder builder(JobId id, String path, String queue) {
    return new Builder(id, path, queue);
  }

  /** Returns a builder that starts from this snapshot. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes snapshots of jobs. Its methods are named after the components; nothing is checked. */
  public static final class Builder {
    private JobId id;
    private String path;
    private Map<String, @Nullable Object> params = Map.of();
    private String queue;
    private JobStatus status = JobStatus.QUEUED;
    private int priority;
    private @Nullable Long order;
    private @Nullable Instant datequeued;
    private @Nullable Instant datestarted;
    private @Nullable Instant dateupdated;
    private @Nullable Instant dateretry;
    private @Nullable Instant dateexpires;
    private @Nullable WorkerId worker;
    private @Nullable ClaimToken claim;
    private int attempt;
    private int retryCount;
    private int crashes;
    private @Nullable Object result;
    private @Nullable Double progress;
    private @Nullable Duration totaltime;
    private @Nullable String exceptiontype;
    private @Nullable String fingerprint;
    private @Nullable String traceback;
    private List<AttemptRecord> tracebackHistory = List.of();
    private @Nullable Duration timeout;
    private @Nullable Integer maxRetries;
    private @Nullable Duration ttl;
    private @Nullable JobId parent;
    private @Nullable TraceContext trace;
    private Map<String, @Nullable Object> others = Map.of();

    private Builder(JobId id, String path, String queue) {
      this.id = id;
      this.path = path;
      this.queue = queue;
    }

    private Builder(Job from) {
      id = from.id;
      path = from.path;
      params = from.params;
      queue = from.queue;
      status = from.status;
      priority = from.priority;
      order = from.order;
      datequeued = from.datequeued;
      datestarted = from.datestarted;
      dateupdated = from.dateupdated;
      dateretry = from.dateretry;
      dateexpires = from.dateexpires;
      worker = from.worker;
      claim = from.claim;
      attempt = from.attempt;
      retryCount = from.retryCount;
      crashes = from.crashes;
      result = from.result;
      progress = from.progress;
      totaltime = from.totaltime;
      exceptiontype = from.exceptiontype;
      fingerprint = from.fingerprint;
      traceback = from.traceback;
      tracebackHistory = from.tracebackHistory;
      timeout = from.timeout;
      maxRetries = from.maxRetries;
      ttl = from.ttl;
      parent = from.parent;
      trace = from.trace;
      others = from.others;
    }

    public Builder id(JobId value) {
      id = value;
      return this;
    }

    public Builder path(String value) {
      path = value;
      return this;
    }

    public Builder params(Map<String, @Nullable Object> value) {
      params = value;
      return this;
    }

    public Builder queue(String value) {
      queue = value;
      return this;
    }

    public Builder status(JobStatus value) {
      status = value;
      return this;
    }

    public Builder priority(int value) {
      priority = value;
      return this;
    }

    public Builder order(@Nullable Long value) {
      order = value;
      return this;
    }

    public Builder datequeued(@Nullable Instant value) {
      datequeued = value;
      return this;
    }

    public Builder datestarted(@Nullable Instant value) {
      datestarted = value;
      return this;
    }

    public Builder dateupdated(@Nullable Instant value) {
      dateupdated = value;
      return this;
    }

    public Builder dateretry(@Nullable Instant value) {
      dateretry = value;
      return this;
    }

    public Builder dateexpires(@Nullable Instant value) {
      dateexpires = value;
      return this;
    }

    public Builder worker(@Nullable WorkerId value) {
      worker = value;
      return this;
    }

    public Builder claim(@Nullable ClaimToken value) {
      claim = value;
      return this;
    }

    public Builder attempt(int value) {
      attempt = value;
      return this;
    }

    public Builder retryCount(int value) {
      retryCount = value;
      return this;
    }

    public Builder crashes(int value) {
      crashes = value;
      return this;
    }

    public Builder result(@Nullable Object value) {
      result = value;
      return this;
    }

    public Builder progress(@Nullable Double value) {
      progress = value;
      return this;
    }

    public Builder totaltime(@Nullable Duration value) {
      totaltime = value;
      return this;
    }

    public Builder exceptiontype(@Nullable String value) {
      exceptiontype = value;
      return this;
    }

    public Builder fingerprint(@Nullable String value) {
      fingerprint = value;
      return this;
    }

    public Builder traceback(@Nullable String value) {
      traceback = value;
      return this;
    }

    public Builder tracebackHistory(List<AttemptRecord> value) {
      tracebackHistory = value;
      return this;
    }

    public Builder timeout(@Nullable Duration value) {
      timeout = value;
      return this;
    }

    public Builder maxRetries(@Nullable Integer value) {
      maxRetries = value;
      return this;
    }

    public Builder ttl(@Nullable Duration value) {
      ttl = value;
      return this;
    }

    public Builder parent(@Nullable JobId value) {
      parent = value;
      return this;
    }

    public Builder trace(@Nullable TraceContext value) {
      trace = value;
      return this;
    }

    public Builder others(Map<String, @Nullable Object> value) {
      others = value;
      return this;
    }

    public Job build() {
      return new Job(
          id,
          path,
          params,
          queue,
          status,
          priority,
          order,
          datequeued,
          datestarted,
          dateupdated,
          dateretry,
          dateexpires,
          worker,
          claim,
          attempt,
          retryCount,
          crashes,
          result,
          progress,
          totaltime,
          exceptiontype,
          fingerprint,
          traceback,
          tracebackHistory,
          timeout,
          maxRetries,
          ttl,
          parent,
          trace,
          others);
    }
  }
}
