package io.mrq.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Whoever makes up names cannot flood the metrics. */
class MeterLabelsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MeterLabels labels = new MeterLabels(registry);

  private double folded(String label) {
    return registry.get("mrq.label.folded").tag("label", label).gauge().value();
  }

  @Test
  void after200NamesTheRestIsOneAndIsCounted() {
    for (int i = 0; i < 200; i++) {
      assertThat(labels.queue("q" + i)).isEqualTo(Tag.of("queue", "q" + i));
    }
    assertThat(folded("queue")).isZero();

    assertThat(labels.queue("one more")).isEqualTo(Tag.of("queue", "_other"));
    assertThat(labels.queue("and one")).isEqualTo(Tag.of("queue", "_other"));
    assertThat(labels.queue("and one")).isEqualTo(Tag.of("queue", "_other"));

    assertThat(labels.queue("q7")).isEqualTo(Tag.of("queue", "q7"));
    assertThat(folded("queue")).isEqualTo(2);
    assertThat(folded("task")).isZero();
  }
}
