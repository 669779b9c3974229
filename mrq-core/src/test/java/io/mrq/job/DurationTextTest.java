package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "7d, PT168H",
    "0, PT0S",
    "0s, PT0S",
    "PT30S, PT30S",
    "pt1h30m, PT1H30M",
    "P1D, PT24H",
    "'  10S ', PT10S",
    "PT-5S, PT-5S",
    "106751991167d, PT2562047788008H"
  })
  void durationsAreReadAsPeopleWriteThem(String text, String iso) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.parse(iso));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "30",
        "s",
        "-5s",
        "1.5h",
        "30 s",
        "30sec",
        "1h30m",
        "5w",
        "PT",
        "forever",
        "999999999999999d",
        "1000000000000000s",
        "٣s"
      })
  void whatIsNoDurationIsRefusedWithTheFormsThatAre(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30s")
        .hasMessageContaining("PT30S")
        .hasMessageContaining("'" + text + "'");
  }
}
