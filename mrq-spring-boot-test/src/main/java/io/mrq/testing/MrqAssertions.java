package io.mrq.testing;

import io.mrq.job.Job;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactory;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about jobs in the style of AssertJ. A class that imports this {@code assertThat}
 * statically can import that of {@link Assertions} beside it.
 */
public final class MrqAssertions {
  /**
   * Lets AssertJ's own assertions go on with a job: {@code
   * assertThat(jobs).singleElement(JOB).succeeded()}.
   */
  public static final InstanceOfAssertFactory<Job, JobAssert> JOB =
      new InstanceOfAssertFactory<>(Job.class, MrqAssertions::assertThat);

  private MrqAssertions() {}

  /** Begins assertions about a job as it was when it was read. */
  public static JobAssert assertThat(@Nullable Job job) {
    return new JobAssert(job);
  }
}
