package io.mrq.autoconfigure;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobOffers;
import io.mrq.maintenance.BatchMover;
import io.mrq.maintenance.BulkActionRunner;
import io.mrq.maintenance.DispatchReconciler;
import io.mrq.maintenance.DueJobRequeuer;
import io.mrq.maintenance.ExpiredJobCleaner;
import io.mrq.maintenance.InterruptedJobRequeuer;
import io.mrq.maintenance.JobLogTrimmer;
import io.mrq.maintenance.LostJobRescuer;
import io.mrq.maintenance.Maintenance;
import io.mrq.maintenance.MaintenanceEvents;
import io.mrq.maintenance.QueueStatsRecorder;
import io.mrq.maintenance.UnfinishedJobKeeper;
import io.mrq.mongo.MongoStores;
import io.mrq.task.TaskRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The maintenance duties of this process; off with {@code mrq.scheduler.enabled=false}. */
@AutoConfiguration(after = MrqClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mrq.scheduler.enabled", matchIfMissing = true)
public final class MrqSchedulerAutoConfiguration {
  @Bean(initMethod = "start", destroyMethod = "stop")
  @ConditionalOnMissingBean
  Maintenance mrqMaintenance(
      MrqProperties properties,
      MongoStores stores,
      DispatchIndex index,
      JobOffers offers,
      TaskRegistry tasks,
      ObjectProvider<MaintenanceEvents> listeners,
      InstantSource clock) {
    MaintenanceEvents events = MaintenanceEvents.all(listeners.orderedStream().toList());
    return new Maintenance(
        List.of(
            new LostJobRescuer(
                stores.recovery(),
                stores.workers(),
                offers,
                properties.dispatch().crashLimit(),
                events,
                clock,
                System::nanoTime),
            new DispatchReconciler(stores.recovery(), index, events),
            new DueJobRequeuer(stores.recovery(), offers, clock),
            new InterruptedJobRequeuer(stores.recovery(), offers, clock),
            new UnfinishedJobKeeper(stores.recovery(), clock),
            new ExpiredJobCleaner(
                stores.recovery(),
                stores.workers(),
                stores.keys(),
                stores.stats(),
                stores.audit(),
                stores.actions(),
                stores.rates(),
                events,
                clock),
            new BulkActionRunner(
                stores.actions(),
                stores.bulk(),
                new BatchMover(stores.bulk(), offers, tasks),
                events,
                clock,
                System::nanoTime),
            new JobLogTrimmer(stores.logs()),
            new QueueStatsRecorder(stores.recovery(), stores.stats(), clock)));
  }
}
