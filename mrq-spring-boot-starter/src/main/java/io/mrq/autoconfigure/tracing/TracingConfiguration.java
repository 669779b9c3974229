package io.mrq.autoconfigure.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces the sending and the runs of jobs with Micrometer Tracing. */
@Configuration(proxyBeanMethods = false)
public class TracingConfiguration {
  @Bean
  @ConditionalOnMissingBean
  MicrometerSendTracing mrqSendTracing(
      Tracer tracer, Propagator propagator, ListableBeanFactory beans) {
    return new MicrometerSendTracing(spans(tracer, propagator, beans));
  }

  @Bean
  @ConditionalOnMissingBean
  MicrometerRunTracing mrqRunTracing(
      Tracer tracer, Propagator propagator, ListableBeanFactory beans) {
    return new MicrometerRunTracing(spans(tracer, propagator, beans));
  }

  private static JobSpans spans(Tracer tracer, Propagator propagator, ListableBeanFactory beans) {
    return new JobSpans(tracer, propagator, SpanExport.isPossible(beans));
  }
}
