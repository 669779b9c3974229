package io.mrq.autoconfigure.worker;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.autoconfigure.store.HeartbeatStore;
import io.mrq.autoconfigure.task.TaskPublisher;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.run.RunTracing;
import io.mrq.engine.worker.StopTimes;
import io.mrq.engine.worker.Worker;
import io.mrq.engine.worker.WorkerOptions;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueuePauses;
import io.mrq.queue.ServedQueues;
import io.mrq.store.JobStore;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The worker of this process. */
@Configuration(proxyBeanMethods = false)
public class WorkerConfiguration {
  @Bean
  @ConditionalOnMissingBean
  Worker mrqWorker(
      MrqProperties properties,
      JobStore jobs,
      QueuePauses pauses,
      ParkedTasks parked,
      HeartbeatStore heartbeat,
      DispatchIndex index,
      JobDispatcher dispatcher,
      TaskRegistry tasks,
      TaskPublisher publisher,
      ObjectProvider<TaskInterceptor> interceptors,
      JobLogs logs,
      ObjectProvider<WorkerEvents> events,
      ObjectProvider<RunTracing> tracing,
      ObjectProvider<LifecycleProperties> lifecycle,
      @Qualifier(CLOCK) InstantSource clock) {
    return new Worker(
        options(
            properties.worker(),
            lifecycle.getIfAvailable(LifecycleProperties::new),
            publisher::releaseId),
        new Worker.Ports(jobs, heartbeat.workers(), pauses, parked, index, dispatcher),
        runnable(tasks, properties.worker()),
        interceptors.orderedStream().toList(),
        new Worker.Observers(
            WorkerEvents.all(events.orderedStream().toList()),
            logs,
            tracing.getIfAvailable(() -> RunTracing.NONE)),
        clock);
  }

  private static TaskRegistry runnable(TaskRegistry tasks, MrqProperties.Worker worker) {
    return tasks.only(worker::mayRun);
  }

  static WorkerOptions options(
      MrqProperties.Worker worker, LifecycleProperties lifecycle, Supplier<String> release) {
    return new WorkerOptions(
        worker.name().isEmpty() ? hostAndProcess() : worker.name(),
        ServedQueues.of(worker.queues()),
        worker.slots(),
        new StopTimes(DrainTime.within(lifecycle, worker.drain()), StopTimes.GRACE),
        worker.periods().chosen(),
        worker.holdAhead(),
        worker.unknownTasks() == MrqProperties.UnknownTasks.FAIL,
        release);
  }

  @Bean
  WorkerLifecycle mrqWorkerLifecycle(Worker worker, TaskRegistry tasks, MrqProperties properties) {
    return new WorkerLifecycle(worker, runnable(tasks, properties.worker()));
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
