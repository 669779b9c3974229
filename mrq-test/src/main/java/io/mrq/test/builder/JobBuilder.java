package io.mrq.test.builder;

import io.mrq.job.AttemptRecord;
import io.mrq.job.ClaimToken;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.TraceContext;
import io.mrq.job.WorkerId;
import io.mrq.queue.QueueName;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Job} as it could be stored: {@code aJob().status(STARTED).worker(w).build()}.
 * Nothing is checked, so impossible documents can be built too. Setters carry the names of the
 * components.
 */
public final class JobBuilder {
  private JobId id = JobId.next();
  private String path = "tests.Sample";
  private Map<String, @Nullable Object> params = Map.of();
  private String queue = QueueName.DEFAULT;
  private JobStatus status = JobStatus.QUEUED;
  private int priority;
  private @Nullable Long order;
  private @Nullable Instant datequeued = MutableClock.START;
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

  private JobBuilder() {}

  /** A queued job of {@code tests.Sample} in the default queue, without any optional value. */
  public static JobBuilder aJob() {
    return new JobBuilder();
  }

  /** A builder with the values of a job. */
  public static JobBuilder like(Job job) {
    JobBuilder copy = new JobBuilder();
    copy.id = job.id();
    copy.path = job.path();
    copy.params = job.params();
    copy.queue = job.queue();
    copy.status = job.status();
    copy.priority = job.priority();
    copy.order = job.order();
    copy.datequeued = job.datequeued();
    copy.datestarted = job.datestarted();
    copy.dateupdated = job.dateupdated();
    copy.dateretry = job.dateretry();
    copy.dateexpires = job.dateexpires();
    copy.worker = job.worker();
    copy.claim = job.claim();
    copy.attempt = job.attempt();
    copy.retryCount = job.retryCount();
    copy.crashes = job.crashes();
    copy.result = job.result();
    copy.progress = job.progress();
    copy.totaltime = job.totaltime();
    copy.exceptiontype = job.exceptiontype();
    copy.fingerprint = job.fingerprint();
    copy.traceback = job.traceback();
    copy.tracebackHistory = job.tracebackHistory();
    copy.timeout = job.timeout();
    copy.maxRetries = job.maxRetries();
    copy.ttl = job.ttl();
    copy.parent = job.parent();
    copy.trace = job.trace();
    copy.others = job.others();
    return copy;
  }

  /** The job. */
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

  public JobBuilder id(JobId value) {
    id = value;
    return this;
  }

  public JobBuilder path(String value) {
    path = value;
    return this;
  }

  public JobBuilder params(Map<String, @Nullable Object> value) {
    params = value;
    return this;
  }

  public JobBuilder queue(String value) {
    queue = value;
    return this;
  }

  public JobBuilder status(JobStatus value) {
    status = value;
    return this;
  }

  public JobBuilder priority(int value) {
    priority = value;
    return this;
  }

  public JobBuilder order(@Nullable Long value) {
    order = value;
    return this;
  }

  public JobBuilder datequeued(@Nullable Instant value) {
    datequeued = value;
    return this;
  }

  public JobBuilder datestarted(@Nullable Instant value) {
    datestarted = value;
    return this;
  }

  public JobBuilder dateupdated(@Nullable Instant value) {
    dateupdated = value;
    return this;
  }

  public JobBuilder dateretry(@Nullable Instant value) {
    dateretry = value;
    return this;
  }

  public JobBuilder dateexpires(@Nullable Instant value) {
    dateexpires = value;
    return this;
  }

  public JobBuilder worker(@Nullable WorkerId value) {
    worker = value;
    return this;
  }

  public JobBuilder claim(@Nullable ClaimToken value) {
    claim = value;
    return this;
  }

  public JobBuilder attempt(int value) {
    attempt = value;
    return this;
  }

  public JobBuilder retryCount(int value) {
    retryCount = value;
    return this;
  }

  public JobBuilder crashes(int value) {
    crashes = value;
    return this;
  }

  public JobBuilder result(@Nullable Object value) {
    result = value;
    return this;
  }

  public JobBuilder progress(@Nullable Double value) {
    progress = value;
    return this;
  }

  public JobBuilder totaltime(@Nullable Duration value) {
    totaltime = value;
    return this;
  }

  public JobBuilder exceptiontype(@Nullable String value) {
    exceptiontype = value;
    return this;
  }

  public JobBuilder fingerprint(@Nullable String value) {
    fingerprint = value;
    return this;
  }

  public JobBuilder traceback(@Nullable String value) {
    traceback = value;
    return this;
  }

  public JobBuilder tracebackHistory(List<AttemptRecord> value) {
    tracebackHistory = value;
    return this;
  }

  public JobBuilder timeout(@Nullable Duration value) {
    timeout = value;
    return this;
  }

  public JobBuilder maxRetries(@Nullable Integer value) {
    maxRetries = value;
    return this;
  }

  public JobBuilder ttl(@Nullable Duration value) {
    ttl = value;
    return this;
  }

  public JobBuilder parent(@Nullable JobId value) {
    parent = value;
    return this;
  }

  public JobBuilder trace(@Nullable TraceContext value) {
    trace = value;
    return this;
  }

  public JobBuilder others(Map<String, @Nullable Object> value) {
    others = value;
    return this;
  }
}
