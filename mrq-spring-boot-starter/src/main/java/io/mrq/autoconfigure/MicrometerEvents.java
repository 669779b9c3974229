package io.mrq.autoconfigure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mrq.client.ActionEvents;
import io.mrq.client.AuditEvents;
import io.mrq.client.EnqueueEvents;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.maintenance.MaintenanceEvents;
import io.mrq.store.AuditEntry;
import io.mrq.worker.WorkerEvents;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every event as a meter. Labels come from closed sets: of queues and of tasks 200 each, then
 * {@code _other}.
 */
final class MicrometerEvents
    implements EnqueueEvents, ActionEvents, AuditEvents, WorkerEvents, MaintenanceEvents {
  private static final int MAX_NAMES = 200;
  private static final Duration[] DURATIONS = buckets(5);
  private static final Duration[] WAITS = buckets(1);

  private final MeterRegistry registry;
  private final Set<String> queues = ConcurrentHashMap.newKeySet();
  private final Set<String> tasks = ConcurrentHashMap.newKeySet();

  MicrometerEvents(MeterRegistry registry) {
    this.registry = registry;
    // Counters that alert rules look at must be there before their first event.
    registry.counter("mrq.worker.lost");
    refusedCounter("default", "_other");
  }

  private static Duration[] buckets(int millis) {
    return new Duration[] {
      Duration.ofMillis(millis),
      Duration.ofMillis(10),
      Duration.ofMillis(50),
      Duration.ofMillis(100),
      Duration.ofMillis(500),
      Duration.ofSeconds(1),
      Duration.ofSeconds(5),
      Duration.ofSeconds(30),
      Duration.ofMinutes(1),
      Duration.ofMinutes(10),
      Duration.ofHours(1)
    };
  }

  private static String folded(Set<String> known, String name) {
    return known.contains(name) || (known.size() < MAX_NAMES && known.add(name)) ? name : "_other";
  }

  private String queue(String name) {
    return folded(queues, name);
  }

  private String task(String path) {
    return folded(tasks, path);
  }

  private Counter counter(String name, String description, String queue, String path) {
    return Counter.builder(name)
        .description(description)
        .tags("queue", queue(queue), "task", task(path))
        .register(registry);
  }

  private Counter refusedCounter(String queue, String path) {
    return counter("mrq.job.refused", "Late outcomes that the fence dropped", queue, path);
  }

  @Override
  public void enqueued(NewJob job) {
    counter("mrq.job.enqueued", "Jobs that were stored", job.queue(), job.path()).increment();
  }

  @Override
  public void deduplicated(NewJob job) {
    counter("mrq.job.deduplicated", "Enqueues that found an earlier job", job.queue(), job.path())
        .increment();
  }

  @Override
  public void cancelled(Job job) {
    Counter.builder("mrq.job.cancelled")
        .description("Jobs cancelled by hand")
        .tags(
            "queue",
            queue(job.queue()),
            "task",
            task(job.path()),
            "phase",
            job.status() == JobStatus.STARTED ? "running" : "waiting")
        .register(registry)
        .increment();
  }

  @Override
  public void requeued(Job job) {
    counter("mrq.job.requeued", "Jobs requeued by hand", job.queue(), job.path()).increment();
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
  public void started(Job job, Duration waited) {
    counter("mrq.job.started", "Runs that began", job.queue(), job.path()).increment();
    Timer.builder("mrq.job.wait")
        .description("From enqueue to start")
        .tags("queue", queue(job.queue()), "task", task(job.path()))
        .serviceLevelObjectives(WAITS)
        .register(registry)
        .record(waited);
  }

  @Override
  public void finished(Job job, JobStatus outcome, Duration ran) {
    Counter.builder("mrq.job.finished")
        .description("Runs that ended")
        .tags("queue", queue(job.queue()), "task", task(job.path()), "outcome", outcome.text())
        .register(registry)
        .increment();
    Timer.builder("mrq.job.duration")
        .description("From claim to end of a run")
        .tags("queue", queue(job.queue()), "task", task(job.path()), "outcome", outcome.text())
        .serviceLevelObjectives(DURATIONS)
        .register(registry)
        .record(ran);
  }

  @Override
  public void refused(Job job) {
    refusedCounter(job.queue(), job.path()).increment();
  }

  @Override
  public void claimed(String queue, int jobs, Duration took) {
    Timer.builder("mrq.claim.duration")
        .description("One claim call")
        .tag("queue", queue(queue))
        .register(registry)
        .record(took);
    DistributionSummary.builder("mrq.claim.jobs")
        .description("Jobs won by one claim call")
        .tag("queue", queue(queue))
        .register(registry)
        .record(jobs);
  }

  @Override
  public void committed(int jobs, Duration took) {
    Timer.builder("mrq.complete.duration")
        .description("One batch of outcomes")
        .register(registry)
        .record(took);
  }

  @Override
  public void logLinesDropped(int lines) {
    registry.counter("mrq.log.lines.dropped").increment(lines);
  }

  @Override
  public void beat(boolean answered) {
    Counter.builder("mrq.worker.beats")
        .description("Heartbeats of this worker")
        .tag("result", answered ? "answered" : "failed")
        .register(registry)
        .increment();
  }

  @Override
  public void workerLost() {
    registry.counter("mrq.worker.lost").increment();
  }

  @Override
  public void rescued(long requeued, long failed) {
    registry.counter("mrq.job.crashed").increment((double) (requeued + failed));
    registry.counter("mrq.job.poisoned").increment((double) failed);
  }

  @Override
  public void reoffered(long jobs) {
    registry.counter("mrq.job.reoffered").increment((double) jobs);
  }

  @Override
  public void expired(long jobs) {
    registry.counter("mrq.job.expired").increment((double) jobs);
  }
}
