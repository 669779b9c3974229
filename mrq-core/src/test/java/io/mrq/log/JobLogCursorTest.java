package io.mrq.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The place up to which a log was read. */
class JobLogCursorTest {
  private static String chunk(int seconds, int number) {
    return "%08x%016x".formatted(seconds, number);
  }

  @Test
  void itComesBackFromItsText() {
    JobLogCursor cursor = JobLogCursor.START.with(chunk(100, 2), 7).with(chunk(100, 1), 1);
    assertThat(JobLogCursor.parse(cursor.text())).isEqualTo(cursor);
    assertThat(JobLogCursor.parse(JobLogCursor.START.text())).isEqualTo(JobLogCursor.START);
    assertThat(cursor.text()).matches("[0-9a-f.-]+");
  }

  @Test
  void itForgetsWhatIsOlderThanTenSecondsBeforeTheNewest() {
    JobLogCursor cursor =
        JobLogCursor.START.with(chunk(100, 1), 5).with(chunk(105, 1), 6).with(chunk(111, 1), 7);
    assertThat(cursor.linesOf(chunk(100, 1))).isZero();
    assertThat(cursor.linesOf(chunk(105, 1))).isEqualTo(6);
    assertThat(cursor.linesOf(chunk(111, 1))).isEqualTo(7);
    assertThat(cursor.from()).isEqualTo(chunk(101, 0));
    assertThat(cursor.with(chunk(105, 1), 9).linesOf(chunk(105, 1))).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "000000640000000000000001", "000000640000000000000001--1", "."})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> JobLogCursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
