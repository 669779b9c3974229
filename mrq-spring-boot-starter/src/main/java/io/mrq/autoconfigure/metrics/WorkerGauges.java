package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mrq.autoconfigure.lifecycle.BackgroundLifecycle;
import io.mrq.engine.worker.Worker;
import io.mrq.task.TaskRegistry;
import org.springframework.beans.factory.ObjectProvider;

/** How many slots the worker of this process has and how many are busy, where a worker runs. */
final class WorkerGauges extends BackgroundLifecycle {
  private final ObjectProvider<Worker> worker;
  private final TaskRegistry tasks;
  private final MicrometerEvents events;
  private final MeterRegistry registry;

  WorkerGauges(
      ObjectProvider<Worker> worker,
      TaskRegistry tasks,
      MicrometerEvents events,
      MeterRegistry registry) {
    super(COUNTS);
    this.worker = worker;
    this.tasks = tasks;
    this.events = events;
    this.registry = registry;
  }

  @Override
  protected void begin() {
    if (tasks.paths().isEmpty()) {
      return;
    }
    worker.ifAvailable(w -> {
      Gauge.builder("mrq.worker.slots", w, Worker::slots)
          .description("Jobs that this worker can run at once")
          .register(registry);
      Gauge.builder("mrq.worker.slots.busy", w, Worker::busySlots)
          .description("Jobs that this worker runs now")
          .register(registry);
      Gauge.builder("mrq.worker.last.claim.age", events, MicrometerEvents::secondsSinceTheLastClaim)
          .description("Time since this worker last won a job, or began")
          .baseUnit("seconds")
          .register(registry);
    });
  }

  @Override
  protected void end() {}
}
