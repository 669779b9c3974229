package com.example.greetings;

import io.mrq.task.MrqTask;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Found by its line in the jar's {@code AutoConfiguration.imports}. */
@AutoConfiguration
public class GreetingTasks {
  @Bean
  Greeter greeter() {
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
