package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditEvents;
import io.mrq.client.ActionEvents;
import io.mrq.client.EnqueueEvents;
import io.mrq.engine.event.RetryReason;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.job.ClaimToken;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what clients and workers do, as meters; {@code docs/metrics.md} lists them. */
final class MicrometerEvents implements EnqueueEvents, ActionEvents, AuditEvents, WorkerEvents {
  private final MeterRegistry registry;
  private final MeterLabels labels;
  private final MetersByTask<RunMeters> runs;
  private final MetersByTask<Enqueues> enqueues;
  private final Map<String, ClaimMeters> claims = new ConcurrentHashMap<>();
  private final Map<ActiveRun, LongTaskTimer.Sample> active = new ConcurrentHashMap<>();
  private volatile long lastClaim = System.nanoTime();

  MicrometerEvents(MeterRegistry registry, MeterLabels labels) {
    this.registry = registry;
    this.labels = labels;
    this.runs = new MetersByTask<>(labels, tags -> new RunMeters(registry, tags));
    this.enqueues = new MetersByTask<>(labels, this::enqueues);
    RunMeters.alerting(registry, Tags.of("queue", "default", "task", MeterLabels.OTHER));
    lostLease();
    droppedLines();
    beats(true);
    beats(false);
  }

  /** The counters of enqueues of one queue and task, by where they come from. */
  private record Enqueues(Counter fromApi, Counter fromJobs, Counter fromSchedules) {}

  private record ClaimMeters(Timer calls, DistributionSummary jobs) {}

  /** A run that goes on: each claim of a job has a token of its own. */
  private record ActiveRun(JobId job, @Nullable ClaimToken claim) {
    static ActiveRun of(Job job) {
      return new ActiveRun(job.id(), job.claim());
    }
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
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

  private Enqueues enqueues(Tags tags) {
    // A closed set: a job comes through the API, from a running job or from a schedule.
    return new Enqueues(enqueued(tags, "api"), enqueued(tags, "job"), enqueued(tags, "schedule"));
  }

  private Counter enqueued(Tags tags, String source) {
    return counter("mrq.job.enqueued", "Jobs that were stored", tags.and("source", source));
  }

  @Override
  public void enqueued(NewJob job) {
    Enqueues counters = enqueues.of(job.queue(), job.path());
    (job.parent() == null ? counters.fromApi() : counters.fromJobs()).increment();
  }

  @Override
  public void scheduled(NewJob job) {
    enqueues.of(job.queue(), job.path()).fromSchedules().increment();
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
    active.put(ActiveRun.of(job), runs.of(job.queue(), job.path()).started(waited));
  }

  private void finished(Job job, JobStatus outcome, Duration ran) {
    ended(job);
    runs.of(job.queue(), job.path()).finished(outcome, ran);
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
    RunMeters.refused(registry, of(job)).increment();
  }

  private void ended(Job job) {
    LongTaskTimer.Sample sample = active.remove(ActiveRun.of(job));
    if (sample != null) {
      sample.stop();
    }
  }

  private void claimed(String queue, int jobs, Duration took) {
    if (jobs > 0) {
      lastClaim = System.nanoTime();
    }
    ClaimMeters meters =
        claims.computeIfAbsent(
            labels.queueLabel(queue), _ -> claimMeters(Tags.of(labels.queue(queue))));
    meters.calls().record(took);
    meters.jobs().record(jobs);
  }

  private ClaimMeters claimMeters(Tags tags) {
    return new ClaimMeters(
        Timer.builder("mrq.claim.duration")
            .description("One claim call")
            .tags(tags)
            .serviceLevelObjectives(MeterBuckets.CALLS)
            .register(registry),
        DistributionSummary.builder("mrq.claim.jobs")
            .description("Jobs won by one claim call")
            .tags(tags)
            .register(registry));
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
