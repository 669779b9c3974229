package io.mrq.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTest {
  @TempDir Path folder;

  @Test
  void theMedianIsTheMiddleOfTheRounds() {
    assertThat(new Figure("rate", "jobs/s", List.of(3.0, 1.0, 2.0)).median()).isEqualTo(2.0);
    assertThat(new Figure("rate", "jobs/s", List.of(3.0, 1.0)).median()).isEqualTo(2.0);
  }

  @Test
  void figuresKeepTheOrderInWhichTheyCame() {
    Figures figures = new Figures();
    figures.add("b", "", 1);
    figures.add("a", "", 2);
    figures.add("b", "", 3);
    figures.addKnown("unknown", "B", 0);

    assertThat(figures.row("row", "title").figures())
        .containsExactly(new Figure("b", "", List.of(1.0, 3.0)), new Figure("a", "", List.of(2.0)));
  }

  @Test
  void aReportIsReadAsItWasWritten() {
    Figures figures = new Figures();
    figures.add("rate", "jobs/s", 1.5);
    figures.note("a note");
    Report report =
        new Report(
            "2026-01-01T00:00Z",
            "abc",
            Machine.here(),
            Map.of("--jobs", "5"),
            List.of(figures.row("row", "title")));
    Path file = folder.resolve("report.json");

    report.write(file);

    assertThat(Report.read(file)).isEqualTo(report);
  }

  @Test
  void numbersHaveAsManyDigitsAsMeanSomething() {
    assertThat(TextTable.number(12_345.6)).isEqualTo("12,346");
    assertThat(TextTable.number(1.234)).isEqualTo("1.23");
    assertThat(TextTable.number(0.01234)).isEqualTo("0.0123");
  }
}
