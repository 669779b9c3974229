package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditEvents;
import io.mrq.client.ActionEvents;
import io.mrq.client.EnqueueEvents;
import io.mrq.engine.event.RetryReason;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what clients and workers do, as meters; {@code docs/metrics.md} lists them. */
final class MicrometerEvents implements EnqueueEvents, ActionEvents, AuditEvents, WorkerEvents {
  private static final Set<JobStatus> DEAD =
      Set.of(JobStatus.FAILED, JobStatus.TIMEOUT, JobStatus.MAXRETRIES, JobStatus.MAXCONCURRENCY);

  private final MeterRegistry registry;
  private final MeterLabels labels;
  private final Map<String, LongTaskTimer.Sample> active = new ConcurrentHashMap<>();
  private final Set<Tags> known = ConcurrentHashMap.newKeySet();
  private volatile long lastClaim = System.nanoTime();

  MicrometerEvents(MeterRegistry registry, MeterLabels labels) {
    this.registry = registry;
    this.labels = labels;
    alerting(Tags.of("queue", "default", "task", MeterLabels.OTHER));
    lostLease();
    droppedLines();
    beats(true);
    beats(false);
  }

  /**
   * Registers the counters that alert rules look at before their first event: to Prometheus the
   * step from nothing to 1 is not an increase.
   */
  private void alerting(Tags job) {
    refused(job);
    DEAD.forEach(status -> dead(job, status.text()));
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private Counter refused(Tags job) {
    return counter("mrq.job.refused", "Late outcomes that the fence dropped", job);
  }

  private Counter dead(Tags job, String reason) {
    return counter("mrq.job.dead", "Jobs that ended without success", job.and("reason", reason));
  }

  private Counter lostLease() {
    return counter(
        "mrq.worker.lease.lost", "Leases that this worker lost to a rescue", Tags.empty());
  }

  private Counter droppedLines() {
    return counter(
        "mrq.log.lines.dropped", "Lines of jobs that found no room in the log", Tags.empty());
  }

  private Counter beats(boolean answered) {
    return counter(
        "mrq.worker.beats",
        "Heartbeats of this worker",
        Tags.of("result", answered ? "answered" : "failed"));
  }

  private Tags of(Job job) {
    return labels.of(job.queue(), job.path());
  }

  private static String key(Job job) {
    return job.id().hex() + job.claim();
  }

  @Override
  public void enqueued(NewJob job) {
    // A closed set: a job comes through the API or from a running job.
    Tag source = Tag.of("source", job.parent() == null ? "api" : "job");
    counter(
            "mrq.job.enqueued",
            "Jobs that were stored",
            labels.of(job.queue(), job.path()).and(source))
        .increment();
  }

  @Override
  public void deduplicated(NewJob job) {
    counter(
            "mrq.job.deduplicated",
            "Enqueues that found an earlier job",
            labels.of(job.queue(), job.path()).and("mode", "key"))
        .increment();
  }

  @Override
  public void cancelled(Job job) {
    String phase = job.status() == JobStatus.STARTED ? "running" : "waiting";
    counter("mrq.job.cancelled", "Jobs cancelled by hand", of(job).and("phase", phase)).increment();
  }

  @Override
  public void requeued(Job job) {
    counter("mrq.job.requeued", "Jobs requeued by hand", of(job)).increment();
  }

  @Override
  public void concluded(String action, AuditEntry.Outcome stored) {
    Counter.builder("mrq.audit.events")
        .description("Acts of people and services, by what the audit log says of them")
        .tags("action", action, "outcome", stored.text())
        .register(registry)
        .increment();
  }

  @Override
  public void on(WorkerEvent event) {
    switch (event) {
      case WorkerEvent.Started(Job job, Duration waited) -> started(job, waited);
      case WorkerEvent.Finished(Job job, JobStatus outcome, Duration ran) ->
          finished(job, outcome, ran);
      case WorkerEvent.Retried(Job job, RetryReason reason) -> retried(job, reason);
      case WorkerEvent.Refused(Job job) -> late(job);
      case WorkerEvent.Claimed(String queue, int jobs, Duration took) -> claimed(queue, jobs, took);
      case WorkerEvent.Committed(_, Duration took) -> committed(took);
      case WorkerEvent.LogLinesDropped(int lines) -> droppedLines().increment(lines);
      case WorkerEvent.Beat(boolean answered) -> beats(answered).increment();
      case WorkerEvent.LeaseLost() -> lostLease().increment();
    }
  }

  private void started(Job job, Duration waited) {
    Tags tags = of(job);
    if (known.add(tags)) {
      alerting(tags);
    }
    counter("mrq.job.started", "Runs that began", tags).increment();
    Timer.builder("mrq.job.wait")
        .description("From enqueue to start")
        .tags(tags)
        .serviceLevelObjectives(MeterBuckets.WAITS)
        .register(registry)
        .record(waited);
    LongTaskTimer.Sample sample =
        LongTaskTimer.builder("mrq.job.active")
            .description("Runs that go on")
            .tags(tags)
            .register(registry)
            .start();
    active.put(key(job), sample);
  }

  private void finished(Job job, JobStatus outcome, Duration ran) {
    ended(job);
    // A retry without a wait is queued at once, but it is counted as a retry.
    String text = (outcome == JobStatus.QUEUED ? JobStatus.RETRY : outcome).text();
    Tags tags = of(job).and("outcome", text);
    counter("mrq.job.finished", "Runs that ended", tags).increment();
    Timer.builder("mrq.job.duration")
        .description("From a claim to the outcome of its run")
        .tags(tags)
        .serviceLevelObjectives(MeterBuckets.RUNS)
        .register(registry)
        .record(ran);
    if (DEAD.contains(outcome)) {
      dead(of(job), outcome.text()).increment();
    }
  }

  private void retried(Job job, RetryReason reason) {
    counter(
            "mrq.job.retries",
            "Runs after which the job runs again",
            of(job).and("reason", reason.name().toLowerCase(Locale.ROOT)))
        .increment();
  }

  private void late(Job job) {
    ended(job);
    refused(of(job)).increment();
  }

  private void ended(Job job) {
    LongTaskTimer.Sample sample = active.remove(key(job));
    if (sample != null) {
      sample.stop();
    }
  }

  private void claimed(String queue, int jobs, Duration took) {
    if (jobs > 0) {
      lastClaim = System.nanoTime();
    }
    Tags tags = Tags.of(labels.queue(queue));
    Timer.builder("mrq.claim.duration")
        .description("One claim call")
        .tags(tags)
        .serviceLevelObjectives(MeterBuckets.CALLS)
        .register(registry)
        .record(took);
    DistributionSummary.builder("mrq.claim.jobs")
        .description("Jobs won by one claim call")
        .tags(tags)
        .register(registry)
        .record(jobs);
  }

  /** Returns how long ago this process last won a job, in seconds. */
  double secondsSinceTheLastClaim() {
    return (System.nanoTime() - lastClaim) / 1e9;
  }

  private void committed(Duration took) {
    Timer.builder("mrq.complete.duration")
        .description("One batch of outcomes")
        .serviceLevelObjectives(MeterBuckets.CALLS)
        .register(registry)
        .record(took);
  }
}
