package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobValuesTest {
  /** Sizes by BSON's own rules: a document is 4 + elements + 1, an element 1 + name + 1 + value. */
  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(Map.of(), 5L),
        Arguments.of(Collections.singletonMap("a", null), 5L + 3),
        Arguments.of(Map.of("a", true), 5L + 3 + 1),
        Arguments.of(Map.of("a", 1), 5L + 3 + 4),
        Arguments.of(Map.of("a", 1L), 5L + 3 + 8),
        Arguments.of(Map.of("a", 1.5), 5L + 3 + 8),
        Arguments.of(Map.of("a", Instant.EPOCH), 5L + 3 + 8),
        Arguments.of(Map.of("a", ""), 5L + 3 + 5),
        Arguments.of(Map.of("a", "né🌍"), 5L + 3 + 5 + 1 + 2 + 4),
        Arguments.of(Map.of("é", 1), 5L + 4 + 4),
        Arguments.of(Map.of("a", new byte[7]), 5L + 3 + 5 + 7),
        Arguments.of(Map.of("a", List.of()), 5L + 3 + 5),
        Arguments.of(Map.of("a", List.of(1)), 5L + 3 + 5 + 3 + 4),
        Arguments.of(Map.of("a", Collections.nCopies(11, 1)), 5L + 3 + 5 + 10 * (3 + 4) + (4 + 4)),
        Arguments.of(Map.of("a", Map.of("b", 1)), 5L + 3 + 5 + 3 + 4));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theSizeIsThatOfTheBson(Object value, long size) {
    assertThat(JobValues.check(value, "params")).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$set", "$", "a.b", ".", "a\0b"})
  void keysThatPythonWouldRefuseAreRefusedWithTheirPlace(String key) {
    Map<String, Object> value = Map.of("outer", List.of(1, Map.of(key, 2)));

    assertThatThrownBy(() -> JobValues.check(value, "params"))
        .isInstanceOfSatisfying(
            InvalidJobException.class,
            e -> {
              assertThat(e.field()).isEqualTo("params.outer[1]");
              assertThat(e.complaint()).contains("'" + key + "'");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a$b", "", " ", "with blank", "größe", "_id"})
  void otherKeysAreFine(String key) {
    assertThat(JobValues.check(Map.of(key, 1), "params")).isPositive();
  }

  @Test
  void keysOfAResultMayHoldDots() {
    assertThat(JobValues.checkResult(Map.of("mail@example.org", 1))).isPositive();

    assertThatThrownBy(() -> JobValues.checkResult(Map.of("a.b", Map.of("$set", 1))))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.field()).isEqualTo("result.a.b"));
  }

  static Stream<Object> strangers() {
    return Stream.of(
        new Object(),
        'c',
        (byte) 1,
        (short) 1,
        1.5f,
        BigDecimal.ONE,
        LocalDate.EPOCH,
        new UUID(1, 2),
        new int[] {1},
        JobStatus.QUEUED);
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void valuesWithoutAStoredFormAreRefusedByPlaceAndType(Object value) {
    assertThatThrownBy(() -> JobValues.check(Map.of("a", Arrays.asList(null, value)), "result"))
        .isInstanceOfSatisfying(
            InvalidJobException.class,
            e -> {
              assertThat(e.field()).isEqualTo("result.a[1]");
              assertThat(e.complaint()).contains(value.getClass().getName());
            });
  }

  // MIX-14
  @Test
  void keysMustBeTexts() {
    assertThatThrownBy(() -> JobValues.check(Map.of(1, "one"), "params"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("not a text");
    assertThatThrownBy(() -> JobValues.check(Collections.singletonMap(null, 1), "params"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("not a text");
  }

  @Test
  void nestingEndsAtItsLimit() {
    assertThat(JobValues.check(nested(JobValues.MAX_DEPTH), "params")).isPositive();

    assertThatThrownBy(() -> JobValues.check(nested(JobValues.MAX_DEPTH + 1), "params"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("80 levels");
  }

  @Test
  void aValueThatHoldsItselfIsRefused() {
    List<@Nullable Object> loop = new ArrayList<>();
    loop.add(loop);

    assertThatThrownBy(() -> JobValues.check(loop, "params"))
        .isInstanceOf(InvalidJobException.class);
  }

  private static Object nested(int depth) {
    Object value = 1;
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
    }
    return value;
  }
}
