package io.mrq.testing;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import io.mrq.autoconfigure.MrqStoresAutoConfiguration;
import io.mrq.autoconfigure.lifecycle.LoopLifecycle;
import io.mrq.autoconfigure.log.JobLogConfiguration;
import io.mrq.autoconfigure.schedule.ScheduleDeclarer;
import io.mrq.autoconfigure.task.TaskResultConfiguration;
import io.mrq.client.JobClient;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.run.RunTracing;
import io.mrq.log.JobLogStore;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.schedule.ScheduleEnqueuer;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.SlotTimes;
import io.mrq.store.JobStore;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Stores, clock and {@link MrqTester} of a test. The properties of {@link MrqContextCustomizer}
 * have switched off the worker, so what a run needs of its configuration is imported here.
 */
@AutoConfiguration(before = MrqStoresAutoConfiguration.class)
@Import({
  MemoryConfiguration.class,
  EmbeddedConfiguration.class,
  TaskResultConfiguration.class,
  JobLogConfiguration.class
})
final class MrqTestAutoConfiguration {
  /** The application may have a clock of its own, which tasks then get. */
  @Bean(name = CLOCK)
  @Fallback
  TestClock mrqClock(Environment environment) {
    String start = environment.getProperty(MrqContextCustomizer.STARTS_AT, TestClock.START);
    return new TestClock(Instant.parse(start));
  }

  @Bean
  JobRunner mrqTestRunner(
      JobStore jobs,
      JobDispatcher dispatcher,
      TaskRegistry tasks,
      ObjectProvider<TaskInterceptor> interceptors,
      JobLogs logs,
      ObjectProvider<WorkerEvents> events,
      ObjectProvider<RunTracing> tracing,
      TestClock clock) {
    return new JobRunner(
        jobs,
        dispatcher,
        tasks,
        interceptors.orderedStream().toList(),
        logs,
        WorkerEvents.all(events.orderedStream().toList()),
        tracing.getIfAvailable(() -> RunTracing.NONE),
        clock);
  }

  @Bean
  MrqTester mrqTester(
      JobClient client,
      JobQueries queries,
      JobLogStore logs,
      RecoveryStore recovery,
      QueuePauses pauses,
      TaskRegistry tasks,
      JobDispatcher dispatcher,
      ScheduleStore schedules,
      JobStore jobs,
      ScheduleEnqueuer enqueuer,
      SlotTimes times,
      JobRunner runner,
      TestClock clock) {
    return new MrqTester(
        client,
        queries,
        logs,
        new NextJob(recovery, queries, pauses, tasks),
        new DueJobs(recovery, dispatcher, schedules, jobs, enqueuer, times, clock),
        runner,
        clock);
  }

  @Bean
  FreshStores mrqTestFreshStores(
      StoresOfTest stores, ScheduleDeclarer schedules, JobClient client, TestClock clock) {
    return new FreshStores(stores, schedules, client, clock);
  }

  /** Stores the log lines of a run before its outcome, as in a worker. */
  @Bean
  LoopLifecycle mrqTestLogs(JobLogs logs) {
    return new LoopLifecycle("mrq-logs") {
      @Override
      protected Duration step() throws InterruptedException {
        return logs.step();
      }
    };
  }
}
