package io.mrq.service.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectedStatusesTest {
  @Test
  void areAllOf2xxByDefault() {
    ExpectedStatuses statuses = ExpectedStatuses.of(null);

    assertThat(List.of(200, 204, 299)).allMatch(statuses::includes);
    assertThat(List.of(199, 300, 404, 500)).noneMatch(statuses::includes);
  }

  @Test
  void areNumbersTextsAndClassesAlone() {
    assertThat(ExpectedStatuses.of(404).includes(404)).isTrue();
    assertThat(ExpectedStatuses.of(404).includes(200)).isFalse();
    assertThat(ExpectedStatuses.of("404").includes(404)).isTrue();
    assertThat(ExpectedStatuses.of("4XX").includes(499)).isTrue();
  }

  @Test
  void areListsOfThese() {
    ExpectedStatuses statuses = ExpectedStatuses.of(List.of("2xx", 404L, "301"));

    assertThat(List.of(200, 404, 301)).allMatch(statuses::includes);
    assertThat(List.of(302, 400)).noneMatch(statuses::includes);
  }

  static List<Object> nonsense() {
    return List.of(
        "", "ok", "20", "2000", "6xx", 99, 600, 200.5, true, List.of(), List.of(200, "x"));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void refuseEverythingElse(Object value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExpectedStatuses.of(value))
        .withMessageContaining("must be a status such as 200");
  }
}
