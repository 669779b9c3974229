package io.mrq.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The table of fields: what is written is read again, and what has no meaning is refused. */
class FilterFieldTest {
  static final List<JobCondition> ONE_OF_EACH =
      List.of(
          new JobCondition.Statuses(Set.of(JobStatus.FAILED, JobStatus.TIMEOUT)),
          new JobCondition.Queue("mails"),
          new JobCondition.Path("mails.Send"),
          new JobCondition.Worker(WorkerId.next()),
          new JobCondition.ExceptionType("IOException"),
          new JobCondition.Fingerprint("f"),
          new JobCondition.Parent(JobId.next()),
          new JobCondition.Since(Instant.parse("2027-01-31T09:30:00Z")),
          new JobCondition.Until(Instant.parse("2027-01-31T09:30:00.123Z")));

  @Test
  void eachConditionHasAFieldAndEachFieldACondition() {
    assertThat(ONE_OF_EACH)
        .extracting(Object::getClass)
        .hasSameElementsAs(List.of(JobCondition.class.getPermittedSubclasses()));
    assertThat(ONE_OF_EACH).extracting(JobCondition::field).containsExactly(FilterField.values());
    assertThat(Stream.of(FilterField.values()).map(FilterField::text))
        .allSatisfy(text -> assertThat(FilterField.ofText(text)).isPresent());
    assertThat(FilterField.ofText("QUEUE")).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("ONE_OF_EACH")
  void aConditionIsReadFromItsValue(JobCondition condition) {
    Object value = FilterField.value(condition);
    List<String> texts =
        value instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of(value.toString());

    assertThat(condition.field().read(texts)).isEqualTo(condition);
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS, gone, the statuses are queued",
    "WORKER, 123, a worker id of 24 lower-case hex digits",
    "PARENT, 123, a job id of 24 lower-case hex digits",
    "SINCE, yesterday, ISO-8601",
    "UNTIL, 2027-01-31T09:30:00, with a zone"
  })
  void aTextWithoutMeaningIsRefusedByTheNameOfItsField(
      FilterField field, String text, String complaint) {
    assertThatThrownBy(() -> field.read(List.of(text)))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.field()).isEqualTo(field.text()))
        .hasMessageContaining(text)
        .hasMessageContaining(complaint);
  }
}
