package io.mrq.worker.service.tasks;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** The built-in tasks as beans, for every application that has this module on its class path. */
@AutoConfiguration
@EnableConfigurationProperties(HttpTaskProperties.class)
public final class BuiltInTasksAutoConfiguration {
  @Bean
  EchoTask mrqEchoTask() {
    return new EchoTask();
  }

  @Bean
  HttpTask mrqHttpTask(HttpTaskProperties properties, JsonMapper json) {
    AddressGuard addresses =
        properties.allowPrivateAddresses() ? AddressGuard.open() : AddressGuard.publicOnly();
    return new HttpTask(new HttpExchange(properties, addresses), json, InstantSource.system());
  }
}
