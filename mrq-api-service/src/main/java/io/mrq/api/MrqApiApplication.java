package io.mrq.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The API service as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ApiConfiguration.class)
public class MrqApiApplication {
  /** Starts the service. */
  public static void main(String[] args) {
    SpringApplication.run(MrqApiApplication.class, args);
  }
}
