package io.mrq.service.worker.tasks;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The built-in tasks as beans, for every application that has this module on its class path. */
@AutoConfiguration
@EnableConfigurationProperties(HttpTaskProperties.class)
public final class BuiltInTasksAutoConfiguration {
  @Bean
  EchoTask mrqEchoTask() {
    return new EchoTask();
  }

  @Bean
  HttpTask mrqHttpTask(
      HttpTaskProperties properties,
      ObjectProvider<Tracer> tracer,
      ObjectProvider<Propagator> propagator) {
    AddressGuard addresses =
        properties.allowPrivateAddresses() ? AddressGuard.open() : AddressGuard.publicOnly();
    Tracer current = tracer.getIfAvailable();
    Propagator format = propagator.getIfAvailable();
    return new HttpTask(
        new HttpExchange(properties, addresses),
        InstantSource.system(),
        current == null || format == null ? OutgoingTrace.NONE : OutgoingTrace.of(current, format),
        properties.maxRetryAfter());
  }
}
