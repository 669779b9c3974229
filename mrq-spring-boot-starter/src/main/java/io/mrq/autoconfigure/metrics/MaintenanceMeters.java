package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;

/** Counts what the maintenance duties do, as meters. */
final class MaintenanceMeters implements MaintenanceEvents {
  private final MeterRegistry registry;
  private final MeterLabels labels;

  MaintenanceMeters(MeterRegistry registry, MeterLabels labels) {
    this.registry = registry;
    this.labels = labels;
    // Alert rules look at these meters, so they must be there before their first event.
    lost();
    discarded();
    reoffered();
    expired();
    Tags none = Tags.of("queue", "default", "task", MeterLabels.OTHER);
    crashed(none);
    dead(none);
    recovery();
    slotsMissed(MeterLabels.OTHER);
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private Counter lost() {
    return counter("mrq.worker.lost", "Workers whose beats ended", Tags.empty());
  }

  private Counter discarded() {
    return counter("mrq.beats.discarded", "Answers about beats that came too late", Tags.empty());
  }

  private Counter reoffered() {
    return counter("mrq.job.reoffered", "Queued jobs that were missing in Redis", Tags.empty());
  }

  private Counter expired() {
    return counter("mrq.job.expired", "Documents deleted after their time", Tags.empty());
  }

  private Counter crashed(Tags job) {
    return counter("mrq.job.crashed", "Jobs whose worker was lost while they ran", job);
  }

  private Counter dead(Tags job) {
    return counter("mrq.job.dead", "Jobs that ended without success", job.and("reason", "crashes"));
  }

  private Timer recovery() {
    return Timer.builder("mrq.recovery.duration")
        .description("From the last beat of a lost worker to its jobs being queued again")
        .serviceLevelObjectives(MeterBuckets.RECOVERIES)
        .register(registry);
  }

  @Override
  public void on(MaintenanceEvent event) {
    switch (event) {
      case MaintenanceEvent.WorkerLost() -> lost().increment();
      case MaintenanceEvent.BeatsDiscarded() -> discarded().increment();
      case MaintenanceEvent.Crashed(RecoveryStore.Crash crash) -> crashed(crash);
      case MaintenanceEvent.Recovered(Duration after) -> recovery().record(after);
      case MaintenanceEvent.Reoffered(long jobs) -> reoffered().increment((double) jobs);
      case MaintenanceEvent.Expired(long documents) -> expired().increment((double) documents);
      case MaintenanceEvent.BulkChanged(String kind, long jobs) ->
          bulkChanged(kind).increment((double) jobs);
      case MaintenanceEvent.SlotEnqueued(String schedule, Duration late) -> {
        String label = labels.scheduleLabel(schedule);
        slotsEnqueued(label).increment();
        // An alert sees a first missed slot only as an increase from 0.
        slotsMissed(label);
        lag().record(late);
      }
      case MaintenanceEvent.SlotsMissed(String schedule, long slots) ->
          slotsMissed(labels.scheduleLabel(schedule)).increment((double) slots);
    }
  }

  private void crashed(RecoveryStore.Crash crash) {
    Tags job = labels.of(crash.queue(), crash.path());
    crashed(job).increment();
    if (crash.failed()) {
      dead(job).increment();
    }
  }

  private Counter slotsEnqueued(String schedule) {
    return counter(
        "mrq.schedule.fired",
        "Slots of schedules whose jobs were enqueued",
        Tags.of("schedule", schedule));
  }

  private Counter slotsMissed(String schedule) {
    return counter(
        "mrq.schedule.missed",
        "Slots of schedules that were not enqueued in time and are not made up for",
        Tags.of("schedule", schedule));
  }

  private Timer lag() {
    return Timer.builder("mrq.schedule.lag")
        .description("From when a slot of a schedule was due until its job was enqueued")
        .serviceLevelObjectives(MeterBuckets.WAITS)
        .register(registry);
  }

  private Counter bulkChanged(String kind) {
    return counter("mrq.action.moved", "Jobs moved by bulk actions", Tags.of("kind", kind));
  }
}
