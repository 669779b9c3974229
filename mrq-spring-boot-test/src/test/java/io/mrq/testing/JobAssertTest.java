package io.mrq.testing;

import static io.mrq.testing.MrqAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobAssertTest {
  private final Job failed =
      Job.builder(JobId.next(), "mails.welcome", "mails")
          .status(JobStatus.FAILED)
          .params(Map.of("address", "ann"))
          .exceptiontype("IOException")
          .traceback("java.io.IOException: away")
          .build();

  @Test
  void aFailureShowsTheStatusAndTheTraceback() {
    assertThatThrownBy(() -> assertThat(failed).succeeded())
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            failed.id().hex(), "mails.welcome", "failed", "java.io.IOException: away");
  }

  @Test
  void whatIsTruePasses() {
    assertThat(failed)
        .failed()
        .failedWith(java.io.IOException.class)
        .hasPath("mails.welcome")
        .isInQueue("mails")
        .hasParam("address", "ann")
        .hasTracebackContaining("away");
  }

  @Test
  void aMissingParamIsNamed() {
    assertThatThrownBy(() -> assertThat(failed).hasParam("name", "ann"))
        .hasMessageContaining("a param 'name'");
  }
}
