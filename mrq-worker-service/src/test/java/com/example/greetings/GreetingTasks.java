package com.example.greetings;

import io.mrq.task.MrqTask;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Found by its line in the jar's {@code AutoConfiguration.imports}. */
@AutoConfiguration
public class GreetingTasks {
  private static final Logger log = LoggerFactory.getLogger(GreetingTasks.class);

  @Bean
  Greeter greeter() {
    log.info("The greeter is here");
    return new Greeter();
  }

  /** A bean with a task. */
  public static class Greeter {
    /** Answers with a greeting. */
    @MrqTask("greetings.Greet")
    public Map<String, String> greet(Map<String, Object> params) {
      return Map.of("greeting", "Hello " + params.get("name"));
    }
  }
}
