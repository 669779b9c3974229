package io.mrq.test.builder;

import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.queue.QueueName;
import io.mrq.test.MutableClock;

/** Starts to build a {@link NewJob}: {@code aNewJob().queue("mails").priority(5).build()}. */
public final class NewJobBuilder {
  private NewJobBuilder() {}

  /**
   * A job of {@code tests.Sample} in the default queue, with a new id, queued at {@link
   * MutableClock#START}.
   */
  public static NewJob.Builder aNewJob() {
    return NewJob.builder(JobId.next(), "tests.Sample", QueueName.DEFAULT, MutableClock.START);
  }
}
