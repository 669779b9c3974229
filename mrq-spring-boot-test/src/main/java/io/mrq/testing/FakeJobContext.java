package io.mrq.testing;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.RunNotes;
import io.mrq.queue.QueueName;
import io.mrq.task.AbortSignal;
import io.mrq.task.JobContext;
import io.mrq.task.RetryRequest;
import io.mrq.task.RetrySignal;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A {@link JobContext} for a task that a test calls as plain code, without Spring and without a job
 * in a store. It keeps what the task told and asked for:
 *
 * <pre>{@code
 * FakeJobContext context = FakeJobContext.of("mails.welcome");
 * assertThatThrownBy(() -> context.run(() -> mails.welcome(new Welcome("ann@example.org"))))
 *     .isInstanceOf(RetrySignal.class);
 * assertThat(context.retryRequest().orElseThrow().delay()).isEqualTo(Duration.ofMinutes(1));
 * }</pre>
 *
 * <p>What the worker does around a task is not done: params are neither bound nor checked, and
 * {@code retryOn}, the back-off and the limit of retries have no effect. {@link MrqTester#run} does
 * all of that.
 */
public final class FakeJobContext implements JobContext {
  private final Job job;
  private volatile boolean stopRequested;
  private volatile @Nullable Double progress;
  private volatile @Nullable RetryRequest retryRequest;
  private volatile @Nullable String abortReason;

  private FakeJobContext(Job job) {
    this.job = job;
  }

  /** Returns the context of the first attempt of a new job of this task. */
  public static FakeJobContext of(String path) {
    return of(
        Job.builder(JobId.next(), path, QueueName.DEFAULT)
            .status(JobStatus.STARTED)
            .attempt(1)
            .build());
  }

  /** Returns the context of a run of this job, which {@link Job#builder} makes. */
  public static FakeJobContext of(Job job) {
    return new FakeJobContext(job);
  }

  /**
   * Calls code that finds this context as {@link JobContext#current()}.
   *
   * @throws RetrySignal when the code asks for a retry
   * @throws AbortSignal when the code aborts the job
   * @throws X as the code does
   */
  public <T extends @Nullable Object, X extends Throwable> T call(
      ScopedValue.CallableOp<? extends T, X> code) throws X {
    return ScopedValue.where(CURRENT, this).call(code);
  }

  /** Runs code that returns nothing, as {@link #call} does. */
  public <X extends Throwable> void run(Code<X> code) throws X {
    call(() -> {
      code.run();
      return true;
    });
  }

  /**
   * Code that returns nothing.
   *
   * @param <X> what it may throw
   */
  @FunctionalInterface
  public interface Code<X extends Throwable> {
    /** Runs. */
    void run() throws X;
  }

  /** Lets {@link #stopRequested()} be true from now on; no thread is interrupted. */
  public void requestStop() {
    stopRequested = true;
  }

  /** Returns the last progress that the task told; empty: none. */
  public OptionalDouble progress() {
    Double told = progress;
    return told == null ? OptionalDouble.empty() : OptionalDouble.of(told);
  }

  /** Returns how the task asked for a retry; empty: it did not. */
  public Optional<RetryRequest> retryRequest() {
    return Optional.ofNullable(retryRequest);
  }

  /** Returns why the task aborted the job; empty: it did not. */
  public Optional<String> abortReason() {
    return Optional.ofNullable(abortReason);
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public boolean stopRequested() {
    return stopRequested;
  }

  @Override
  public void progress(double ratio) {
    progress = RunNotes.checkedProgress(ratio);
  }

  @Override
  public RetrySignal retry(RetryRequest request) {
    retryRequest = request;
    throw new RetrySignal(request.reason());
  }

  @Override
  public AbortSignal abort(String reason) {
    abortReason = reason;
    throw new AbortSignal(reason);
  }
}
