package io.mrq.service.worker.tasks;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.task.AbortSignal;
import io.mrq.task.JobContext;
import io.mrq.task.RetryRequest;
import io.mrq.task.RetrySignal;
import org.jspecify.annotations.Nullable;

/** The context of a job in its second attempt, which keeps what the task asked for. */
final class RunningJob implements JobContext {
  static final JobId ID = new JobId("0123456789abcdef01234567");

  private @Nullable RetryRequest retry;

  /** What the task asked for. */
  RetryRequest retryAsked() {
    if (retry == null) {
      throw new AssertionError("no retry was asked for");
    }
    return retry;
  }

  @Override
  public Job job() {
    return Job.builder(ID, "mrq.tasks.Http", "default")
        .status(JobStatus.STARTED)
        .attempt(2)
        .retryCount(1)
        .build();
  }

  @Override
  public boolean stopRequested() {
    return false;
  }

  @Override
  public void progress(double ratio) {}

  @Override
  public RetrySignal retry(RetryRequest request) {
    retry = request;
    throw new RetrySignal(request.reason());
  }

  @Override
  public AbortSignal abort(String reason) {
    throw new AbortSignal(reason);
  }
}
