package io.mrq.autoconfigure.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.exporter.SpanReporter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class SpanExportTest {
  private final DefaultListableBeanFactory parent = new DefaultListableBeanFactory();
  private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory(parent);

  @Test
  void withoutTheTracingOfSpringBootSpansAreMade() {
    assertThat(SpanExport.isPossible(beans)).isTrue();
  }

  @Test
  void whatTakesSpansMayBelongToTheContextAbove() {
    parent.registerSingleton("otelSdkTracerProvider", "as Spring Boot names it");
    assertThat(SpanExport.isPossible(beans)).isFalse();

    parent.registerSingleton("reporter", (SpanReporter) _ -> {});
    assertThat(SpanExport.isPossible(beans)).isTrue();
  }
}
