package io.mrq.autoconfigure.tracing;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Tells whether spans may go anywhere. Spring Boot sets OpenTelemetry up even where nothing exports
 * the spans, and then they are made for nobody.
 */
final class SpanExport {
  /** Spring Boot's own beans; an application may have others in their place. */
  private static final String PROVIDER = "otelSdkTracerProvider";

  private static final String PROCESSOR = "otelSpanProcessor";

  /** Beans of these types see every span, or may add something that does. */
  private static final List<String> WATCHERS =
      List.of(
          "io.opentelemetry.sdk.trace.SpanProcessor",
          "io.opentelemetry.sdk.trace.export.SpanExporter",
          "io.micrometer.tracing.exporter.SpanReporter",
          "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer");

  private SpanExport() {}

  /** False only where Spring Boot has set tracing up by itself, and nothing takes the spans. */
  static boolean isPossible(ListableBeanFactory beans) {
    return !beans.containsBean(PROVIDER)
        || WATCHERS.stream()
            .anyMatch(type -> names(beans, type).anyMatch(n -> !n.equals(PROCESSOR)));
  }

  private static Stream<String> names(ListableBeanFactory beans, String type) {
    ClassLoader loader = SpanExport.class.getClassLoader();
    return ClassUtils.isPresent(type, loader)
        ? Stream.of(
            BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                beans, ClassUtils.resolveClassName(type, loader), true, false))
        : Stream.empty();
  }
}
