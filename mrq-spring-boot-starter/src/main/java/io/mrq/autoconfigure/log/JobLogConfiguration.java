package io.mrq.autoconfigure.log;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import ch.qos.logback.classic.LoggerContext;
import io.mrq.autoconfigure.MrqProperties;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.log.JobLogLimits;
import io.mrq.engine.log.JobLogs;
import io.mrq.log.JobLogStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps what jobs log. */
@Configuration(proxyBeanMethods = false)
public class JobLogConfiguration {
  @Bean
  @ConditionalOnMissingBean
  JobLogs mrqJobLogs(
      MrqProperties properties,
      JobLogStore store,
      ObjectProvider<WorkerEvents> events,
      @Qualifier(CLOCK) InstantSource clock) {
    MrqProperties.Logs logs = properties.worker().logs();
    JobLogLimits limits =
        new JobLogLimits(
            Math.toIntExact(logs.maxLine().toBytes()),
            logs.maxRun().toBytes(),
            logs.buffer().toBytes());
    return logs.enabled()
        ? JobLogs.to(store, limits, WorkerEvents.all(events.orderedStream().toList()), clock)
        : JobLogs.off();
  }

  /** What jobs log is kept only when the logging system is Logback. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(LoggerContext.class)
  @ConditionalOnBooleanProperty(name = "mrq.worker.logs.enabled", matchIfMissing = true)
  static class Logback {
    @Bean
    static LazyInitializationExcludeFilter mrqLogCaptureIsNotLazy() {
      return LazyInitializationExcludeFilter.forBeanTypes(JobLogCapture.class);
    }

    @Bean
    JobLogCapture mrqJobLogCapture(JobLogs logs, MrqProperties properties) {
      return new JobLogCapture(logs, properties.worker().logs().level());
    }
  }
}
