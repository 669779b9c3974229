package io.mrq.standalone;

import io.mrq.api.ApiConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** API, worker and scheduler in one JVM; the stores come with it, in a folder. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ApiConfiguration.class)
public class MrqStandaloneApplication {
  /** Starts everything. */
  public static void main(String[] args) {
    SpringApplication.run(MrqStandaloneApplication.class, args);
  }

  @Bean
  WhereToLook mrqWhereToLook(Environment environment) {
    return new WhereToLook(environment);
  }
}
