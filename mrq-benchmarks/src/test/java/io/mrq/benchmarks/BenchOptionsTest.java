package io.mrq.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.benchmarks.row.Row;
import io.mrq.benchmarks.row.Setup;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  @Test
  void allRowsAreMeasuredUnlessSomeAreNamed() {
    assertThat(BenchOptions.parse().rows()).extracting(Row::id).contains("drain", "cpu");
    assertThat(BenchOptions.parse("pick-up", "drain").rows())
        .extracting(Row::id)
        .containsExactly("pick-up", "drain");
  }

  @Test
  void peersAreMeasuredOnlyWhenAskedFor() {
    assertThat(BenchOptions.parse("--peers").rows()).extracting(Row::id).containsExactly("peers");
    assertThat(BenchOptions.parse().rows()).extracting(Row::id).doesNotContain("peers");
  }

  @Test
  void theShortFormHasOneRound() {
    assertThat(BenchOptions.parse("--quick").sizes())
        .isEqualTo(new Setup.Sizes(true, null, 1, 100, 1, 8));
    assertThat(BenchOptions.parse("--jobs", "500", "--workers", "2", "--rounds", "5").sizes())
        .isEqualTo(new Setup.Sizes(false, 500, 2, 100, 5, 8));
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingStarts() {
    assertThatThrownBy(() -> BenchOptions.parse("drian")).hasMessageContaining("'drian'");
    assertThatThrownBy(() -> BenchOptions.parse("--jobs", "many"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BenchOptions.parse("--mongo", "mongodb://localhost/"))
        .hasMessageContaining("--redis");
  }
}
