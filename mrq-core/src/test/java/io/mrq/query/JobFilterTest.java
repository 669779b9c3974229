package io.mrq.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mrq.job.JobStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A filter is a set of conditions, one for each field. */
class JobFilterTest {
  @Test
  void filtersWithTheSameConditionsAreEqualInAnyOrder() {
    JobFilter one = JobFilter.ALL.queue("q").path("p").statuses(Set.of(JobStatus.FAILED));
    JobFilter other = JobFilter.ALL.statuses(Set.of(JobStatus.FAILED)).path("p").queue("q");

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(one.queue("r"));
  }

  @Test
  void aLaterConditionReplacesThatOnTheSameField() {
    JobFilter filter = JobFilter.ALL.queue("first").path("p").queue("second");

    assertThat(filter.conditions())
        .containsExactly(new JobCondition.Queue("second"), new JobCondition.Path("p"));
    assertThat(filter.without(FilterField.QUEUE)).isEqualTo(JobFilter.ALL.path("p"));
    assertThat(filter.without(FilterField.QUEUE, FilterField.PATH)).isEqualTo(JobFilter.ALL);
  }

  @Test
  void twoConditionsOnOneFieldAreRefused() {
    List<JobCondition> both = List.of(new JobCondition.Queue("a"), new JobCondition.Queue("b"));

    assertThatIllegalArgumentException().isThrownBy(() -> new JobFilter(both));
  }

  @Test
  void noStatusesAreNoCondition() {
    assertThat(JobFilter.ALL.statuses()).isEmpty();
    assertThat(JobFilter.ALL.statuses(Set.of(JobStatus.FAILED)).statuses(Set.of()))
        .isEqualTo(JobFilter.ALL);
  }
}
