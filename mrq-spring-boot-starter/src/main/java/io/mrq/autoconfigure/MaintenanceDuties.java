package io.mrq.autoconfigure;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobOffers;
import io.mrq.maintenance.BatchMover;
import io.mrq.maintenance.BulkActionRunner;
import io.mrq.maintenance.DispatchReconciler;
import io.mrq.maintenance.DueJobRequeuer;
import io.mrq.maintenance.ExpiredJobCleaner;
import io.mrq.maintenance.ExpiringDocuments;
import io.mrq.maintenance.InterruptedJobRequeuer;
import io.mrq.maintenance.JobLogTrimmer;
import io.mrq.maintenance.LostJobRescuer;
import io.mrq.maintenance.MaintenanceEvents;
import io.mrq.maintenance.QueueStatsRecorder;
import io.mrq.maintenance.UnfinishedJobKeeper;
import io.mrq.store.AuditLog;
import io.mrq.store.BulkActionStore;
import io.mrq.store.BulkMoves;
import io.mrq.store.JobKeys;
import io.mrq.store.JobLogStore;
import io.mrq.store.JobRates;
import io.mrq.store.QueueStats;
import io.mrq.store.RecoveryStore;
import io.mrq.store.WorkerStore;
import io.mrq.task.TaskRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * MRQ's own duties, each replaced by a bean of its type. What expires is a list that beans of type
 * {@link ExpiringDocuments} are added to.
 */
@Configuration(proxyBeanMethods = false)
class MaintenanceDuties {
  private final MaintenanceEvents events;
  private final InstantSource clock;

  MaintenanceDuties(
      ObjectProvider<MaintenanceEvents> listeners,
      @Qualifier(MrqStoresAutoConfiguration.CLOCK) InstantSource clock) {
    this.events = MaintenanceEvents.all(listeners.orderedStream().toList());
    this.clock = clock;
  }

  @Bean
  @ConditionalOnMissingBean
  LostJobRescuer mrqLostJobs(
      RecoveryStore recovery, WorkerStore workers, JobOffers offers, MrqProperties properties) {
    int crashLimit = properties.dispatch().crashLimit();
    return new LostJobRescuer(
        recovery, workers, offers, crashLimit, events, clock, System::nanoTime);
  }

  @Bean
  @ConditionalOnMissingBean
  DispatchReconciler mrqUnofferedJobs(RecoveryStore recovery, DispatchIndex index) {
    return new DispatchReconciler(recovery, index, events);
  }

  @Bean
  @ConditionalOnMissingBean
  DueJobRequeuer mrqDueJobs(RecoveryStore recovery, JobOffers offers) {
    return new DueJobRequeuer(recovery, offers, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  InterruptedJobRequeuer mrqInterruptedJobs(RecoveryStore recovery, JobOffers offers) {
    return new InterruptedJobRequeuer(recovery, offers, clock);
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
      ObjectProvider<ExpiringDocuments> more) {
    Stream<ExpiringDocuments> own =
        Stream.of(
            ExpiringDocuments.of(keys),
            ExpiringDocuments.of(workers),
            ExpiringDocuments.of(stats),
            ExpiringDocuments.of(audit),
            ExpiringDocuments.of(actions),
            ExpiringDocuments.of(rates));
    List<ExpiringDocuments> all = Stream.concat(own, more.orderedStream()).toList();
    return new ExpiredJobCleaner(recovery, all, events, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  BulkActionRunner mrqBulkActionRunner(
      BulkActionStore actions, BulkMoves bulk, JobOffers offers, TaskRegistry tasks) {
    BatchMover mover = new BatchMover(bulk, offers, tasks);
    return new BulkActionRunner(actions, bulk, mover, events, clock, System::nanoTime);
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
