package io.mrq.autoconfigure.maintenance;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import io.mrq.audit.AuditLog;
import io.mrq.autoconfigure.MrqProperties;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.bulk.BatchMover;
import io.mrq.engine.bulk.BulkActionRunner;
import io.mrq.engine.log.JobLogTrimmer;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.engine.recovery.DispatchReconciler;
import io.mrq.engine.recovery.DueJobRequeuer;
import io.mrq.engine.recovery.InterruptedJobRequeuer;
import io.mrq.engine.recovery.LostJobRescuer;
import io.mrq.engine.recovery.ParkedJobCounter;
import io.mrq.engine.retention.ExpiredJobCleaner;
import io.mrq.engine.retention.ExpiringDocuments;
import io.mrq.engine.retention.UnfinishedJobKeeper;
import io.mrq.engine.schedule.PythonScheduleTaker;
import io.mrq.engine.schedule.RecurringJobEnqueuer;
import io.mrq.engine.stats.QueueStatsRecorder;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogStore;
import io.mrq.queue.ParkedTasks;
import io.mrq.recovery.RecoveryStore;
import io.mrq.schedule.ScheduleEnqueuer;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.Schedules;
import io.mrq.schedule.SlotTimes;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobStore;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskStore;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The duties that MRQ brings; a bean of the type of one takes its place. A bean of type {@link
 * io.mrq.engine.maintenance.MaintenanceDuty} is a further duty, and one of type {@link
 * ExpiringDocuments} is cleaned together with MRQ's own documents.
 */
@Configuration(proxyBeanMethods = false)
class MaintenanceDuties {
  private final MaintenanceEvents events;
  private final InstantSource clock;

  MaintenanceDuties(
      ObjectProvider<MaintenanceEvents> listeners, @Qualifier(CLOCK) InstantSource clock) {
    this.events = MaintenanceEvents.all(listeners.orderedStream().toList());
    this.clock = clock;
  }

  @Bean
  @ConditionalOnMissingBean
  LostJobRescuer mrqLostJobs(
      RecoveryStore recovery,
      WorkerStore workers,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      MrqProperties properties) {
    int crashLimit = properties.dispatch().crashLimit();
    return new LostJobRescuer(
        List.of(recovery), workers, dispatcher, crashLimit, tasks, events, clock, System::nanoTime);
  }

  @Bean
  @ConditionalOnMissingBean
  DispatchReconciler mrqUnofferedJobs(RecoveryStore recovery, DispatchIndex index) {
    return new DispatchReconciler(recovery, index, events);
  }

  @Bean
  @ConditionalOnMissingBean
  DueJobRequeuer mrqDueJobs(RecoveryStore recovery, JobDispatcher dispatcher) {
    return new DueJobRequeuer(recovery, dispatcher, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  InterruptedJobRequeuer mrqInterruptedJobs(RecoveryStore recovery, JobDispatcher dispatcher) {
    return new InterruptedJobRequeuer(recovery, dispatcher, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  UnfinishedJobKeeper mrqUnfinishedJobs(RecoveryStore recovery) {
    return new UnfinishedJobKeeper(recovery, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  ExpiredJobCleaner mrqExpiredDocuments(
      RecoveryStore recovery,
      WorkerStore workers,
      JobKeys keys,
      QueueStats stats,
      AuditLog audit,
      BulkActionStore actions,
      JobRates rates,
      TaskStore tasks,
      ObjectProvider<ExpiringDocuments> more) {
    Stream<ExpiringDocuments> own =
        Stream.of(
            ExpiringDocuments.of(keys),
            ExpiringDocuments.of(workers),
            ExpiringDocuments.of(stats),
            ExpiringDocuments.of(audit),
            ExpiringDocuments.of(actions),
            ExpiringDocuments.of(rates),
            ExpiringDocuments.of(tasks));
    List<ExpiringDocuments> all = Stream.concat(own, more.orderedStream()).toList();
    return new ExpiredJobCleaner(recovery, all, events, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  BulkActionRunner mrqBulkActionRunner(
      BulkActionStore actions, BulkMoves bulk, JobDispatcher dispatcher, TaskCatalog tasks) {
    BatchMover mover = new BatchMover(bulk, dispatcher, tasks);
    return new BulkActionRunner(actions, bulk, mover, events, clock, System::nanoTime);
  }

  @Bean
  @ConditionalOnMissingBean
  RecurringJobEnqueuer mrqRecurringJobs(
      ScheduleStore schedules, JobStore jobs, ScheduleEnqueuer enqueuer, SlotTimes times) {
    return new RecurringJobEnqueuer(schedules, jobs, enqueuer, times, events, System::nanoTime);
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(name = "mrq.scheduler.python-schedules")
  PythonScheduleTaker mrqPythonSchedules(ScheduleStore store, Schedules schedules) {
    return new PythonScheduleTaker(store, schedules);
  }

  @Bean
  @ConditionalOnMissingBean
  ParkedJobCounter mrqParkedJobs(RecoveryStore recovery, ParkedTasks parked) {
    return new ParkedJobCounter(recovery, parked, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  JobLogTrimmer mrqJobLogTrimmer(JobLogStore logs) {
    return new JobLogTrimmer(logs);
  }

  @Bean
  @ConditionalOnMissingBean
  QueueStatsRecorder mrqQueueStatsRecorder(RecoveryStore recovery, QueueStats stats) {
    return new QueueStatsRecorder(recovery, stats, clock);
  }
}
