package io.mrq.engine.run;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.log.JobLogs;
import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.TimeHorizon;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts claimed jobs, each on a thread of its own in which {@link BodyRunner} runs it. A job that
 * cannot run here gets its outcome at once.
 */
public final class JobExecutor {
  private static final Logger log = LoggerFactory.getLogger(JobExecutor.class);

  /** A job with this many crashes may crash its worker again: only one such job runs at a time. */
  private static final int SUSPECT_CRASHES = 2;

  private static final Duration PUT_BACK_DELAY = Duration.ofSeconds(5);

  private final TaskRegistry tasks;
  private final RunningJobs runs;
  private final JobLogs logs;
  private final WorkerSlots slots;
  private final OutcomeSink outcomes;
  private final JobThreads threads;
  private final BodyRunner bodies;
  private final WorkerEvents events;
  private final InstantSource clock;
  private final LongSupplier nanos;

  public JobExecutor(
      TaskRegistry tasks,
      List<TaskInterceptor> interceptors,
      RunningJobs runs,
      JobLogs logs,
      RunTracing tracing,
      WorkerSlots slots,
      OutcomeSink outcomes,
      JobThreads threads,
      WorkerEvents events,
      InstantSource clock,
      LongSupplier nanos) {
    this.tasks = tasks;
    this.runs = runs;
    this.logs = logs;
    this.slots = slots;
    this.outcomes = outcomes;
    this.threads = threads;
    this.bodies = new BodyRunner(interceptors, tracing, slots, outcomes, nanos);
    this.events = events;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Starts a claimed job in a slot that the caller has taken; the slot is freed when the body has
   * ended. If no thread can be made for the job, it is put back and tried again later. If this
   * throws, the slot is still the caller's, and the run is not in the running set.
   *
   * @param home keeps the run and takes its outcome
   */
  public void start(Job job, Claim claim, RunHome home) {
    Optional<TaskDefinition> task = tasks.find(job.path());
    TaskSettings settings = task.map(TaskDefinition::settings).orElse(TaskSettings.DEFAULT);
    boolean mustWait = isSuspect(job) && suspectRuns();
    Failure unusable = UnusableParams.of(job);
    RunningJob running = new RunningJob(job, claim, home, settings, nanos.getAsLong());
    try {
      runs.add(running);
      logs.begin(job, running.run());
      events.on(new WorkerEvent.Started(job, waited(job)));
      if (mustWait) {
        finishAtOnce(running, new JobOutcome.PutBack(PUT_BACK_DELAY));
      } else if (task.isEmpty()) {
        finishAtOnce(running, new JobOutcome.Failed(unknown(job)));
      } else if (unusable != null) {
        finishAtOnce(running, new JobOutcome.Failed(unusable));
      } else {
        startThread(running, task.get());
      }
    } catch (RuntimeException | Error e) {
      runs.remove(running);
      logs.end(running.run());
      throw e;
    }
  }

  private void startThread(RunningJob running, TaskDefinition task) {
    try {
      Thread thread = threads.make(running, () -> bodies.run(running, task));
      running.runsOn(thread);
      thread.start();
    } catch (RuntimeException | Error e) {
      log.warn(
          "job {} cannot start, and runs again in {} s: no thread could be made: {}",
          running.job().id(),
          PUT_BACK_DELAY.toSeconds(),
          Failure.summary(e));
      finishAtOnce(running, new JobOutcome.PutBack(PUT_BACK_DELAY));
    }
  }

  private static boolean isSuspect(Job job) {
    return job.crashes() >= SUSPECT_CRASHES;
  }

  private boolean suspectRuns() {
    return runs.all().stream()
        .anyMatch(running -> isSuspect(running.job()) && !running.isSubmitted());
  }

  private Failure unknown(Job job) {
    return Failure.of(
        "UnknownTask",
        "this worker knows no task '%s'; it knows %s. Start a worker that has the task on queue '%s', or requeue the job to a queue that such a worker serves."
            .formatted(
                job.path(), tasks.paths().stream().sorted().limit(50).toList(), job.queue()));
  }

  private void finishAtOnce(RunningJob running, JobOutcome outcome) {
    running.decide(new RunningJob.Ending.ToStore(outcome), nanos.getAsLong());
    running.bodyEnded();
    outcomes.submit(running);
    slots.leave();
  }

  private Duration waited(Job job) {
    Instant queued = job.datequeued();
    Duration waited = queued == null ? Duration.ZERO : Duration.between(queued, clock.instant());
    return waited.isNegative() ? Duration.ZERO : TimeHorizon.within(waited);
  }
}
