package io.mrq.test.builder;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.queue.QueueName;
import io.mrq.test.MutableClock;

/**
 * Starts to build a {@link Job} as it could be stored: {@code aJob().status(STARTED).build()}.
 * Nothing is checked, so impossible documents can be built too.
 */
public final class JobBuilder {
  private JobBuilder() {}

  /** A queued job of {@code tests.Sample} in the default queue, with a new id. */
  public static Job.Builder aJob() {
    return Job.builder(JobId.next(), "tests.Sample", QueueName.DEFAULT)
        .datequeued(MutableClock.START);
  }

  /** A copy to change. */
  public static Job.Builder like(Job job) {
    return job.toBuilder();
  }
}
