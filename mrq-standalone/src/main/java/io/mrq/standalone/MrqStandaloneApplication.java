package io.mrq.standalone;

import io.mrq.api.ApiConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** API, worker and scheduler in one JVM, with embedded stores in a folder. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ApiConfiguration.class)
public class MrqStandaloneApplication {
  public static void main(String[] args) {
    SpringApplication.run(MrqStandaloneApplication.class, args);
  }

  @Bean
  StartMessage mrqStartMessage(Environment environment) {
    return new StartMessage(environment);
  }
}
