package io.mrq.autoconfigure.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces the sending and the runs of jobs with Micrometer Tracing. */
@Configuration(proxyBeanMethods = false)
public class TracingConfiguration {
  @Bean
  @ConditionalOnMissingBean
  MicrometerSendTracing mrqSendTracing(Tracer tracer, Propagator propagator) {
    return new MicrometerSendTracing(new JobSpans(tracer, propagator));
  }

  @Bean
  @ConditionalOnMissingBean
  MicrometerRunTracing mrqRunTracing(Tracer tracer, Propagator propagator) {
    return new MicrometerRunTracing(new JobSpans(tracer, propagator));
  }
}
