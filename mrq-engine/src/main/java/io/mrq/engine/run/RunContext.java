package io.mrq.engine.run;

import io.mrq.job.Failure;
import io.mrq.job.FailureOrigin;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.RunNotes;
import io.mrq.job.TimeHorizon;
import io.mrq.queue.QueueName;
import io.mrq.task.AbortSignal;
import io.mrq.task.JobContext;
import io.mrq.task.RetryRequest;
import io.mrq.task.RetrySignal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.MDC;

/**
 * The context of one run. A retry or an abort is decided before its signal is thrown, so it counts
 * even when the task swallows the signal.
 */
final class RunContext implements JobContext {
  private final RunningJob running;
  private final LongSupplier nanos;
  private final AtomicInteger children = new AtomicInteger();

  RunContext(RunningJob running, LongSupplier nanos) {
    this.running = running;
    this.nanos = nanos;
  }

  @Override
  public Job job() {
    return running.job();
  }

  /**
   * Starts a thread that belongs to this run: it has the run's context and the caller's MDC, what
   * it logs is kept with the job, and a timeout or a stop interrupts it too. The run ends with its
   * body, so a body that needs the child's work must wait for it.
   *
   * @throws IllegalStateException when the body has ended
   */
  Thread startChild(Runnable body) {
    Map<String, String> mdc = MDC.getCopyOfContextMap();
    Thread child =
        JobThreads.child(
            running,
            () -> {
              try {
                if (mdc != null) {
                  MDC.setContextMap(mdc);
                }
                ScopedValue.where(JobContext.CURRENT, this).run(body);
              } finally {
                running.childLeft(Thread.currentThread());
              }
            });
    child.setName(child.getName() + "-" + children.incrementAndGet());
    running.startChild(child);
    return child;
  }

  @Override
  public boolean stopRequested() {
    return running.ending() != null;
  }

  @Override
  public void progress(double ratio) {
    running.progress(RunNotes.checkedProgress(ratio));
  }

  @Override
  public RetrySignal retry(RetryRequest request) {
    JobOutcome outcome = outcome(request);
    running.decide(new RunningJob.Ending.ToStore(outcome), nanos.getAsLong());
    throw new RetrySignal(request.reason());
  }

  @Override
  public AbortSignal abort(String reason) {
    Failure failure = new Failure("AbortInterrupt", reason, null);
    running.decide(
        new RunningJob.Ending.ToStore(new JobOutcome.Aborted(failure)), nanos.getAsLong());
    throw new AbortSignal(reason);
  }

  /** The outcome of a request to retry: a retry, or a failure when all retries are used up. */
  JobOutcome outcome(RetryRequest request) {
    Job job = job();
    int limit =
        request.maxRetries() == null ? running.settings().maxRetriesOf(job) : request.maxRetries();
    Throwable cause = request.cause();
    String original = cause == null ? null : Failure.trace(cause);
    FailureOrigin origin = cause == null ? null : FailureOrigin.readable(cause);
    if (job.retryCount() >= limit) {
      return new JobOutcome.RetriesExhausted(
          new Failure(
              "MaxRetriesInterrupt",
              "all %d retries are used up: %s".formatted(limit, request.reason()),
              original,
              origin));
    }
    Duration delay =
        request.delay() == null
            ? running.settings().backOff().delay(job.retryCount())
            : TimeHorizon.within(request.delay());
    String queue = request.queue() == null ? job.queue() : QueueName.checked(request.queue());
    return new JobOutcome.Retried(
        delay,
        queue,
        new Failure(
            "RetryInterrupt",
            "retry %d in %s s on queue %s: %s"
                .formatted(
                    job.retryCount() + 1, delay.toMillis() / 1000.0, queue, request.reason()),
            original,
            origin));
  }
}
