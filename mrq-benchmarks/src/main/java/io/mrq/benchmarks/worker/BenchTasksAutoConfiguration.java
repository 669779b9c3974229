package io.mrq.benchmarks.worker;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Makes a worker service one that is measured: the driver gives its port. */
@AutoConfiguration
@ConditionalOnProperty("mrq.bench.driver")
@Import(CommandCounting.class)
public final class BenchTasksAutoConfiguration {
  @Bean
  RunRecord mrqBenchRuns() {
    return new RunRecord();
  }

  @Bean
  BenchTasks mrqBenchTasks(RunRecord runs) {
    return new BenchTasks(runs);
  }

  /** Counts the outcomes that are stored; the driver waits for them without asking the store. */
  @Bean
  WorkerEvents mrqBenchEvents(RunRecord runs) {
    return event -> {
      if (event instanceof WorkerEvent.Finished) {
        runs.stored();
      }
    };
  }

  @Bean
  DriverLink mrqBenchLink(
      RunRecord runs, CommandCounter commands, @Value("${mrq.bench.driver}") int port)
      throws IOException {
    return new DriverLink(runs, commands, port);
  }
}
