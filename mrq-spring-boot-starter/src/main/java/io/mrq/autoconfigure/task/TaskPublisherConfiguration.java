package io.mrq.autoconfigure.task;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Tells other processes which tasks the worker of this process runs. */
@Configuration(proxyBeanMethods = false)
public class TaskPublisherConfiguration {
  @Bean
  TaskPublisher mrqTaskPublisher(
      MrqProperties properties,
      TaskStore store,
      TaskRegistry tasks,
      ObjectProvider<TaskSearch> search,
      Environment environment,
      @Qualifier(CLOCK) InstantSource clock) {
    return new TaskPublisher(
        store,
        tasks.only(properties.worker()::mayRun),
        search.getIfAvailable(),
        environment.getProperty("spring.application.name", ""),
        environment.getProperty("spring.application.version", ""),
        clock);
  }
}
