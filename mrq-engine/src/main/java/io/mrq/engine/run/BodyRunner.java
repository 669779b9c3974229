package io.mrq.engine.run;

import io.mrq.engine.log.JobLogs;
import io.mrq.job.Failure;
import io.mrq.job.JobOutcome;
import io.mrq.store.PreparedCompletion;
import io.mrq.task.JobContext;
import io.mrq.task.JobSignal;
import io.mrq.task.RetryRequest;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskInterceptor;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs the body of a task in the thread of its run, with the interceptors around it, and decides
 * the outcome. Whatever the body does, its slot is freed and the outcome is submitted.
 */
final class BodyRunner {
  private static final Logger log = LoggerFactory.getLogger(JobExecutor.class);

  private final List<TaskInterceptor> interceptors;
  private final RunTracing tracing;
  private final WorkerSlots slots;
  private final OutcomeSink outcomes;
  private final LongSupplier nanos;

  BodyRunner(
      List<TaskInterceptor> interceptors,
      RunTracing tracing,
      WorkerSlots slots,
      OutcomeSink outcomes,
      LongSupplier nanos) {
    this.interceptors = List.copyOf(interceptors);
    this.tracing = GuardedTracing.of(tracing);
    this.slots = slots;
    this.outcomes = outcomes;
    this.nanos = nanos;
  }

  void run(RunningJob running, TaskDefinition task) {
    RunTracing.Attempt attempt = RunTracing.Attempt.UNTRACED;
    try {
      MDC.put(JobLogs.MDC_JOB, running.job().id().hex());
      MDC.put("task", running.job().path());
      MDC.put("queue", running.job().queue());
      attempt = tracing.begin(running.job());
      running.tracedAs(attempt.traceparent());
      log.debug("job {} starts: {}", running.job().id(), running.job().path());
      execute(running, task, attempt);
    } catch (Throwable e) {
      // Nothing above should throw; if it does, the run must end all the same.
      decide(running, new JobOutcome.Failed(Failure.of(e)), null);
    } finally {
      try {
        running.bodyEnded();
      } finally {
        end(running, attempt);
      }
    }
  }

  /** Calls the body, and decides the outcome unless that was done meanwhile. */
  private void execute(RunningJob running, TaskDefinition task, RunTracing.Attempt attempt) {
    RunContext context = new RunContext(running, nanos);
    Object result;
    try {
      result = ScopedValue.where(JobContext.CURRENT, context).call(() -> call(context, task, 0));
    } catch (Throwable e) {
      threw(running, context, attempt, e);
      return;
    }
    // Outside the try: a result that cannot be encoded is no reason to run the body again.
    succeeded(running, result);
  }

  private @Nullable Object call(RunContext context, TaskDefinition task, int interceptor)
      throws Exception {
    if (interceptor == interceptors.size()) {
      return task.body().run(context.job().params());
    }
    return interceptors
        .get(interceptor)
        .around(context, () -> call(context, task, interceptor + 1));
  }

  private void succeeded(RunningJob running, @Nullable Object result) {
    if (running.ending() == null) {
      JobOutcome outcome = new JobOutcome.Succeeded(result);
      // The result is read before the outcome is decided, so that the timeout ends a result that
      // takes for ever to read.
      decide(running, outcome, outcomes.prepare(running, outcome));
    }
  }

  private void threw(
      RunningJob running, RunContext context, RunTracing.Attempt attempt, Throwable e) {
    if (!(e instanceof JobSignal)) {
      attempt.threw(e);
    }
    if (running.ending() == null) {
      // Encoded when it is submitted, and again later if there is no memory for it now.
      decide(
          running,
          running.settings().retriesOn(e)
              ? context.outcome(RetryRequest.because(e))
              : new JobOutcome.Failed(Failure.of(e)),
          null);
    }
  }

  private void decide(
      RunningJob running, JobOutcome outcome, @Nullable PreparedCompletion prepared) {
    running.decide(new RunningJob.Ending.ToStore(outcome, prepared), nanos.getAsLong());
  }

  private void end(RunningJob running, RunTracing.Attempt attempt) {
    try {
      attempt.ended(
          running.ending() instanceof RunningJob.Ending.ToStore stored ? stored.outcome() : null);
      // An interrupt that came too late was meant for the body, not for what follows.
      boolean _ = Thread.interrupted();
      MDC.clear();
    } finally {
      try {
        slots.bodyEnded(nanos.getAsLong() - running.startedNanos());
      } finally {
        outcomes.submit(running);
      }
    }
  }
}
