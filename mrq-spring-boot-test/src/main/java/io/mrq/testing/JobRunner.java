package io.mrq.testing;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.complete.Completers;
import io.mrq.engine.complete.JobCompleter;
import io.mrq.engine.complete.OutcomeEncoder;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.DocumentHome;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.run.JobExecutor;
import io.mrq.engine.run.JobThreads;
import io.mrq.engine.run.JobTimeouts;
import io.mrq.engine.run.RunTracing;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.engine.worker.StopTimes;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.store.JobStore;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Claims a job, runs it and stores its outcome by the parts of which a worker is made, and returns
 * when all of that is done.
 */
final class JobRunner {
  /** How long a run may take, by the clock on the wall. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final LongSupplier NANOS = System::nanoTime;

  private final JobStore jobs;
  private final JobDispatcher dispatcher;
  private final TaskRegistry tasks;
  private final List<TaskInterceptor> interceptors;
  private final JobLogs logs;
  private final WorkerEvents events;
  private final RunTracing tracing;
  private final TestClock clock;
  private final WorkerId worker = WorkerId.next();

  JobRunner(
      JobStore jobs,
      JobDispatcher dispatcher,
      TaskRegistry tasks,
      List<TaskInterceptor> interceptors,
      JobLogs logs,
      WorkerEvents events,
      RunTracing tracing,
      TestClock clock) {
    this.jobs = jobs;
    this.dispatcher = dispatcher;
    this.tasks = tasks;
    this.interceptors = interceptors;
    this.logs = logs;
    this.events = events;
    this.tracing = tracing;
    this.clock = clock;
  }

  /**
   * Runs a queued job once.
   *
   * @return false when somebody else has changed the job, so that it is not queued any more
   * @throws AssertionError when the run does not end
   */
  boolean run(ReadyJob ready) {
    Claim claim = Claim.by(worker);
    Job job = jobs.claim(claim, ready.queue(), ready.id(), clock.instant()).orElse(null);
    if (job == null) {
      return false;
    }
    // New parts for each run, so that a run that did not end disturbs no later one.
    RunHome home = new DocumentHome(jobs);
    RunningJobs runs = new RunningJobs();
    WorkerSlots slots = new WorkerSlots(1);
    OutcomeEncoder encoder = new OutcomeEncoder(clock, NANOS);
    JobCompleter completer =
        new JobCompleter(home, dispatcher, encoder, runs, logs, events, clock, NANOS, 1);
    Completers outcomes = new Completers(encoder, Map.of(home, completer));
    slots.reserve(1);
    slots.enter();
    new JobExecutor(
            tasks,
            interceptors,
            runs,
            logs,
            tracing,
            slots,
            outcomes,
            JobThreads.byTask(),
            events,
            clock,
            NANOS)
        .start(job, claim, home);
    awaitOutcome(runs, completer, outcomes);
    return true;
  }

  private static void awaitOutcome(RunningJobs runs, JobCompleter completer, Completers outcomes) {
    JobTimeouts timeouts = new JobTimeouts(runs, outcomes, StopTimes.GRACE, NANOS);
    long begun = NANOS.getAsLong();
    try {
      while (!runs.isEmpty()) {
        completer.step();
        timeouts.step();
        if (NANOS.getAsLong() - begun > PATIENCE.toNanos()) {
          throw new AssertionError(interrupted(runs, outcomes));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the test was interrupted while it ran a job", e);
    }
  }

  /** Interrupts the run, and tells where it was. */
  private static String interrupted(RunningJobs runs, Completers outcomes) {
    RunningJob running = runs.all().iterator().next();
    String sentence =
        "job %s of %s has run for %s s, and is here:%n%s"
            .formatted(
                running.job().id(), running.job().path(), PATIENCE.toSeconds(), running.stack());
    running.decide(new RunningJob.Ending.Dropped("its test has failed"), NANOS.getAsLong());
    new JobTimeouts(runs, outcomes, Duration.ZERO, NANOS).step();
    return sentence;
  }
}
