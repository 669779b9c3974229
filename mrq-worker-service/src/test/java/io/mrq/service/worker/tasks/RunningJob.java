package io.mrq.service.worker.tasks;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.task.AbortSignal;
import io.mrq.task.JobContext;
import io.mrq.task.RetryRequest;
import io.mrq.task.RetrySignal;
import java.util.List;
import java.util.Map;
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
    return new Job(
        ID,
        "mrq.tasks.Http",
        Map.of(),
        "default",
        JobStatus.STARTED,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        2,
        1,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        Map.of());
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
