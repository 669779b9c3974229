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
import io.mrq.store.PreparedCompletion;
import io.mrq.task.JobContext;
import io.mrq.task.JobSignal;
import io.mrq.task.RetryRequest;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs claimed jobs, each on a thread of its own, with the interceptors around it. */
public final class JobExecutor {
  private static final Logger log = LoggerFactory.getLogger(JobExecutor.class);

  /**
   * From so many crashes on, a job is suspected to crash workers and runs without others of its
   * kind.
   */
  private static final int SUSPECT = 2;

  private static final Duration PUT_BACK_WAIT = Duration.ofSeconds(5);

  private final TaskRegistry tasks;
  private final List<TaskInterceptor> interceptors;
  private final RunningJobs runs;
  private final JobLogs logs;
  private final RunTracing tracing;
  private final WorkerSlots slots;
  private final OutcomeSink outcomes;
  private final JobThreads threads;
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
    this.interceptors = List.copyOf(interceptors);
    this.runs = runs;
    this.logs = logs;
    this.tracing = new GuardedTracing(tracing);
    this.slots = slots;
    this.outcomes = outcomes;
    this.threads = threads;
    this.events = events;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Starts a claimed job in a slot that is reserved for it; the slot is free again when its task
   * has ended. If no thread can be made for it, the job is put back and tried again later. When
   * this throws, the slot is not taken, and nobody here knows the run.
   */
  public void start(Job job, Claim claim, RunHome home) {
    Optional<TaskDefinition> task = tasks.find(job.path());
    TaskSettings settings = task.map(TaskDefinition::settings).orElse(TaskSettings.DEFAULT);
    boolean putBack = job.crashes() >= SUSPECT && suspectRuns();
    Failure odd = OddParams.of(job);
    RunningJob running = new RunningJob(job, claim, home, settings, nanos.getAsLong());
    try {
      runs.add(running);
      logs.begin(job, running.run());
      events.on(new WorkerEvent.Started(job, waited(job)));
      if (putBack) {
        finishAtOnce(running, new JobOutcome.PutBack(PUT_BACK_WAIT));
      } else if (task.isEmpty()) {
        finishAtOnce(running, new JobOutcome.Failed(unknown(job)));
      } else if (odd != null) {
        finishAtOnce(running, new JobOutcome.Failed(odd));
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
      Thread thread = threads.make(running, () -> run(running, task));
      running.runsOn(thread);
      thread.start();
    } catch (RuntimeException | Error e) {
      log.warn(
          "job {} goes back to its queue, since no thread can be made for it: {}",
          running.job().id(),
          Failure.summary(e));
      finishAtOnce(running, new JobOutcome.PutBack(PUT_BACK_WAIT));
    }
  }

  private boolean suspectRuns() {
    return runs.all().stream().anyMatch(r -> r.job().crashes() >= SUSPECT && !r.isSubmitted());
  }

  private Failure unknown(Job job) {
    return Failure.of(
        "UnknownTask",
        "this worker knows no task '%s'; it knows %s. Start a worker that has the task on queue '%s', or requeue the job where one listens."
            .formatted(
                job.path(), tasks.paths().stream().sorted().limit(50).toList(), job.queue()));
  }

  private void finishAtOnce(RunningJob running, JobOutcome outcome) {
    running.decide(new RunningJob.Ending.Stored(outcome), nanos.getAsLong());
    running.bodyEnded();
    outcomes.submit(running);
    slots.release(1);
  }

  private void run(RunningJob running, TaskDefinition task) {
    RunTracing.Attempt attempt = RunTracing.Attempt.UNTRACED;
    try {
      MDC.put(JobLogs.MDC_JOB, running.job().id().hex());
      MDC.put("task", running.job().path());
      MDC.put("queue", running.job().queue());
      attempt = tracing.begin(running.job());
      running.tracedAs(attempt.traceparent());
      log.debug("job {} starts: {}", running.job().id(), running.job().path());
      runBody(running, task, attempt);
    } catch (Throwable e) {
      // Nothing above should throw; if it does, the run must end all the same.
      running.decide(
          new RunningJob.Ending.Stored(new JobOutcome.Failed(Failure.of(e))), nanos.getAsLong());
    } finally {
      running.bodyEnded();
      ended(running, attempt);
    }
  }

  private void ended(RunningJob running, RunTracing.Attempt attempt) {
    try {
      attempt.ended(
          running.ending() instanceof RunningJob.Ending.Stored stored ? stored.outcome() : null);
      // An interrupt that came too late belongs to the task, not to the commit that follows.
      boolean _ = Thread.interrupted();
      MDC.clear();
    } finally {
      slots.release(1);
      outcomes.submit(running);
    }
  }

  /** Runs the task and decides what its end means, unless that was decided while it ran. */
  private void runBody(RunningJob running, TaskDefinition task, RunTracing.Attempt attempt) {
    RunContext context = new RunContext(running, threads, nanos);
    JobOutcome outcome;
    try {
      Object result =
          ScopedValue.where(JobContext.CURRENT, context).call(() -> chain(context, task, 0));
      outcome = new JobOutcome.Succeeded(result);
    } catch (Throwable e) {
      if (!(e instanceof JobSignal)) {
        attempt.threw(e);
      }
      if (running.ending() != null) {
        return;
      }
      outcome =
          running.settings().retriesOn(e)
              ? context.outcome(RetryRequest.because(e))
              : new JobOutcome.Failed(Failure.of(e));
    }
    if (running.ending() == null) {
      // A result is read before the end is decided: one that takes for ever to read is ended by the
      // timeout. Other outcomes are encoded when they are submitted, again if there was no memory.
      PreparedCompletion prepared =
          outcome instanceof JobOutcome.Succeeded ? outcomes.prepare(running, outcome) : null;
      running.decide(new RunningJob.Ending.Stored(outcome, prepared), nanos.getAsLong());
    }
  }

  private @Nullable Object chain(RunContext context, TaskDefinition task, int place)
      throws Exception {
    if (place == interceptors.size()) {
      return task.body().run(context.job().params());
    }
    return interceptors.get(place).around(context, () -> chain(context, task, place + 1));
  }

  private Duration waited(Job job) {
    Instant queued = job.datequeued();
    Duration waited = queued == null ? Duration.ZERO : Duration.between(queued, clock.instant());
    return waited.isNegative() ? Duration.ZERO : TimeHorizon.within(waited);
  }
}
