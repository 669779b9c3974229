package io.mrq.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.InvalidJobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueNameTest {
  static String[] legal() {
    return new String[] {
      QueueName.DEFAULT,
      "a",
      "mails/slow",
      "A.b_c:d/e-9",
      "sub/",
      "/",
      "rawhide",
      "raw",
      "dataset",
      "parent/child_raw",
      "x_rawish",
      "x_reverse",
      "q".repeat(100)
    };
  }

  @ParameterizedTest
  @MethodSource("legal")
  void legalNamesAreTakenAsTheyAre(String name) {
    assertThat(QueueName.checked(name)).isSameAs(name);
  }

  static String[] illegal() {
    return new String[] {
      "",
      " ",
      "with blank",
      "line\n",
      "tab\t",
      "größe",
      "{tag}",
      "100%",
      "a*",
      "a\0b",
      "a\\b",
      "$a",
      "q".repeat(101)
    };
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void illegalNamesAreRefusedByField(String name) {
    assertThatThrownBy(() -> QueueName.checked(name))
        .isInstanceOfSatisfying(
            InvalidJobException.class,
            e -> {
              assertThat(e.field()).isEqualTo("queue");
              assertThat(e.complaint()).contains("1 to 100 characters");
            });
  }

  // ENQ-05, QUE-01, BUG-53
  @ParameterizedTest
  @ValueSource(
      strings = {"x_raw", "x_set", "x_sorted_set", "x_timed_set", "_raw", "x_raw/sub", "x_set/"})
  void rawQueuesTakeNoRegularJobs(String name) {
    assertThatThrownBy(() -> QueueName.checked(name))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("raw queue")
        .hasMessageContaining(name);
  }

  @Test
  void aHugeNameIsNotRepeatedInTheMessage() {
    assertThatThrownBy(() -> QueueName.checked("x".repeat(100_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }
}
