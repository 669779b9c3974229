package io.mrq.service.worker.basetasks;

import io.mrq.autoconfigure.MrqClientAutoConfiguration;
import io.mrq.autoconfigure.MrqProperties;
import io.mrq.bulk.BulkMoves;
import io.mrq.client.JobClient;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.bulk.BatchMover;
import io.mrq.mongo.MongoStores;
import io.mrq.query.JobQueries;
import io.mrq.recovery.RecoveryStore;
import io.mrq.store.JobMoves;
import io.mrq.task.TaskCatalog;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Python MRQ's base tasks as beans. */
@AutoConfiguration(after = MrqClientAutoConfiguration.class)
@ConditionalOnBean(JobClient.class)
public final class BaseTasksAutoConfiguration {
  private static final String CLOCK = "mrqClock";

  @Bean
  JobActionTask mrqJobActionTask(
      JobQueries queries,
      BulkMoves moves,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      @Qualifier(CLOCK) InstantSource clock) {
    return new JobActionTask(queries, moves, new BatchMover(moves, dispatcher, tasks), clock);
  }

  @Bean
  WaitingJobsTasks mrqWaitingJobsTasks(
      RecoveryStore recovery, JobDispatcher dispatcher, @Qualifier(CLOCK) InstantSource clock) {
    return new WaitingJobsTasks(recovery, dispatcher, clock);
  }

  @Bean
  StartedJobsTask mrqStartedJobsTask(
      JobQueries queries,
      JobMoves moves,
      RecoveryStore recovery,
      WorkerStore workers,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      MrqProperties properties,
      @Qualifier(CLOCK) InstantSource clock) {
    return new StartedJobsTask(
        new StartedJobsTask.Ports(queries, moves, recovery, workers, dispatcher),
        tasks,
        properties.dispatch().crashLimit(),
        clock);
  }

  @Bean
  LostJobsTask mrqLostJobsTask(RecoveryStore recovery, DispatchIndex index) {
    return new LostJobsTask(recovery, index);
  }

  @Bean
  IndexesTask mrqIndexesTask(ObjectProvider<MongoStores> stores, MrqProperties properties) {
    return new IndexesTask(stores, properties.mongo());
  }

  @Bean
  InapplicableTasks mrqInapplicableTasks() {
    return new InapplicableTasks();
  }
}
