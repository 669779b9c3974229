package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobStatusTest {
  // JOB-01
  @Test
  void theVocabularyIsExactlyThatOfMrq() {
    assertThat(Arrays.stream(JobStatus.values()).map(JobStatus::text))
        .containsExactlyInAnyOrder(
            "queued",
            "started",
            "success",
            "failed",
            "timeout",
            "abort",
            "interrupt",
            "retry",
            "maxretries",
            "maxconcurrency",
            "cancel");
  }

  @ParameterizedTest
  @EnumSource
  void theTextLeadsBackToTheStatus(JobStatus status) {
    assertThat(JobStatus.ofText(status.text())).contains(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Queued", "QUEUED", " queued", "delayed", "started "})
  void otherTextsAreNoStatus(String text) {
    assertThat(JobStatus.ofText(text)).isEmpty();
  }

  // JOB-02
  @ParameterizedTest
  @EnumSource
  void aJobWaitsOrRunsOrHasEnded(JobStatus status) {
    int kinds =
        (JobStatus.waiting().contains(status) ? 1 : 0)
            + (status.isFinal() ? 1 : 0)
            + (status == JobStatus.STARTED ? 1 : 0);

    assertThat(kinds).isEqualTo(1);
    assertThat(JobStatus.finals().contains(status)).isEqualTo(status.isFinal());
  }

  @Test
  void theSetsCanBeChangedWithoutHarm() {
    JobStatus.finals().clear();
    JobStatus.waiting().clear();

    assertThat(JobStatus.finals()).hasSize(7);
    assertThat(JobStatus.waiting())
        .containsExactlyInAnyOrder(JobStatus.QUEUED, JobStatus.RETRY, JobStatus.INTERRUPT);
  }
}
