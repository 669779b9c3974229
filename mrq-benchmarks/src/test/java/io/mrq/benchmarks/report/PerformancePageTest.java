package io.mrq.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/performance.md} says what the files in {@code docs/performance} say. */
class PerformancePageTest {
  private final PerformancePage page =
      new PerformancePage(Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath());

  /** When this fails, run {@code ./bench --page}. */
  @Test
  void thePageHoldsTheFiguresOfTheFiles() {
    assertThat(page.current()).isEqualTo(page.expected());
  }
}
