package io.mrq.autoconfigure;

import ch.qos.logback.classic.LoggerContext;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobOffers;
import io.mrq.mongo.MongoStores;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import io.mrq.worker.JobLogLimits;
import io.mrq.worker.JobLogs;
import io.mrq.worker.RunTracing;
import io.mrq.worker.Worker;
import io.mrq.worker.WorkerEvents;
import io.mrq.worker.WorkerOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The worker of this process; off with {@code mrq.worker.enabled=false}. */
@AutoConfiguration(after = MrqClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mrq.worker.enabled", matchIfMissing = true)
public final class MrqWorkerAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  Worker mrqWorker(
      MrqProperties properties,
      MongoStores stores,
      HeartbeatStore heartbeat,
      DispatchIndex index,
      JobOffers offers,
      TaskRegistry tasks,
      ObjectProvider<TaskInterceptor> interceptors,
      JobLogs logs,
      ObjectProvider<WorkerEvents> events,
      ObjectProvider<RunTracing> tracing,
      InstantSource clock) {
    MrqProperties.Worker worker = properties.worker();
    WorkerOptions options =
        new WorkerOptions(
            worker.name().isEmpty() ? hostAndProcess() : worker.name(),
            worker.queues(),
            worker.slots(),
            worker.drain(),
            WorkerOptions.GRACE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5));
    return new Worker(
        options,
        new Worker.Ports(stores.jobs(), heartbeat.workers(), stores.pauses(), index, offers),
        tasks,
        interceptors.orderedStream().toList(),
        new Worker.Observers(
            WorkerEvents.all(events.orderedStream().toList()),
            logs,
            tracing.getIfAvailable(() -> RunTracing.NONE)),
        clock);
  }

  @Bean
  TaskInterceptor mrqResults(JsonMapper json) {
    return new ResultInterceptor(json);
  }

  @Bean
  @ConditionalOnMissingBean
  JobLogs mrqJobLogs(
      MrqProperties properties,
      MongoStores stores,
      ObjectProvider<WorkerEvents> events,
      InstantSource clock) {
    MrqProperties.Logs logs = properties.worker().logs();
    JobLogLimits limits =
        new JobLogLimits(
            Math.toIntExact(logs.maxLine().toBytes()),
            logs.maxRun().toBytes(),
            logs.buffer().toBytes());
    return logs.enabled()
        ? JobLogs.to(
            stores.logs(), limits, WorkerEvents.all(events.orderedStream().toList()), clock)
        : JobLogs.off();
  }

  /** With another logging system than Logback, what jobs log is not kept. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(LoggerContext.class)
  @ConditionalOnBooleanProperty(name = "mrq.worker.logs.enabled", matchIfMissing = true)
  static class Logback {
    @Bean
    JobLogCapture mrqJobLogCapture(JobLogs logs, MrqProperties properties) {
      return new JobLogCapture(logs, properties.worker().logs().level());
    }
  }

  @Bean
  SmartLifecycle mrqWorkerLifecycle(Worker worker) {
    return new WorkerLifecycle(worker);
  }

  /** MRQ's own form of a worker's name (WRK-02). */
  private static String hostAndProcess() {
    long pid = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName().split("\\.", 2)[0] + "." + pid;
    } catch (UnknownHostException e) {
      return "worker." + pid;
    }
  }
}
