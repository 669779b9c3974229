package io.mrq.autoconfigure;

import static io.mrq.autoconfigure.MrqStoresAutoConfiguration.CLOCK;

import ch.qos.logback.classic.LoggerContext;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.log.JobLogLimits;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.run.RunTracing;
import io.mrq.engine.worker.Worker;
import io.mrq.engine.worker.WorkerOptions;
import io.mrq.log.JobLogStore;
import io.mrq.queue.QueuePauses;
import io.mrq.store.JobStore;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The worker of this process, where there are tasks; off with {@code mrq.worker.enabled=false}. */
@AutoConfiguration(after = MrqClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mrq.worker.enabled", matchIfMissing = true)
public final class MrqWorkerAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  Worker mrqWorker(
      MrqProperties properties,
      JobStore jobs,
      QueuePauses pauses,
      HeartbeatStore heartbeat,
      DispatchIndex index,
      JobDispatcher offers,
      TaskRegistry tasks,
      ObjectProvider<TaskInterceptor> interceptors,
      JobLogs logs,
      ObjectProvider<WorkerEvents> events,
      ObjectProvider<RunTracing> tracing,
      ObjectProvider<LifecycleProperties> lifecycle,
      @Qualifier(CLOCK) InstantSource clock) {
    MrqProperties.Worker worker = properties.worker();
    WorkerOptions options =
        new WorkerOptions(
            worker.name().isEmpty() ? hostAndProcess() : worker.name(),
            worker.queues(),
            worker.slots(),
            DrainTime.within(lifecycle.getIfAvailable(LifecycleProperties::new), worker.drain()),
            WorkerOptions.GRACE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5));
    return new Worker(
        options,
        new Worker.Ports(jobs, heartbeat.workers(), pauses, index, offers),
        tasks,
        interceptors.orderedStream().toList(),
        new Worker.Observers(
            WorkerEvents.all(events.orderedStream().toList()),
            logs,
            tracing.getIfAvailable(() -> RunTracing.NONE)),
        clock);
  }

  @Bean
  TaskInterceptor mrqResults(ListableBeanFactory beans, MrqProperties properties) {
    return new ResultInterceptor(
        BeanChoice.of(
            beans, JsonMapper.class, properties.tasks().jsonMapper(), "mrq.tasks.json-mapper"));
  }

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

  /** With another logging system than Logback, what jobs log is not kept. */
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

  @Bean
  WorkerLifecycle mrqWorkerLifecycle(Worker worker, TaskRegistry tasks) {
    return new WorkerLifecycle(worker, tasks);
  }

  /** MRQ's own form of a worker's name. */
  private static String hostAndProcess() {
    long pid = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName().split("\\.", 2)[0] + "." + pid;
    } catch (UnknownHostException e) {
      return "worker." + pid;
    }
  }
}
