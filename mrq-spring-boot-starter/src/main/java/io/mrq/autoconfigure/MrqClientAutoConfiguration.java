package io.mrq.autoconfigure;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import io.mrq.autoconfigure.schedule.ScheduleConfiguration;
import io.mrq.autoconfigure.stats.JobRatesConfiguration;
import io.mrq.autoconfigure.task.TaskConfiguration;
import io.mrq.client.ActionEvents;
import io.mrq.client.EnqueueEvents;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.SendTracing;
import io.mrq.client.TypedTasks;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.key.JobKeys;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueueActions;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.store.JobMoves;
import io.mrq.store.JobStore;
import io.mrq.task.TaskCatalog;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The tasks that this process knows, and what enqueues, inspects and changes jobs, queues and
 * workers.
 */
@AutoConfiguration(
    after = {
      MrqStoresAutoConfiguration.class,
      JacksonAutoConfiguration.class,
      ValidationAutoConfiguration.class
    })
@Import({TaskConfiguration.class, JobRatesConfiguration.class, ScheduleConfiguration.class})
public final class MrqClientAutoConfiguration {
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  JobClient mrqJobClient(
      JobStore jobs,
      JobQueries queries,
      JobKeys keys,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      TypedTasks typed,
      ObjectProvider<EnqueueEvents> events,
      ObjectProvider<SendTracing> tracing,
      @Qualifier(CLOCK) InstantSource clock) {
    return new JobClient(
        new JobClient.Ports(jobs, queries, keys, dispatcher),
        tasks,
        typed,
        new JobClient.Observers(
            EnqueueEvents.all(events.orderedStream().toList()),
            tracing.getIfAvailable(() -> SendTracing.NONE)),
        clock,
        Thread::startVirtualThread);
  }

  @Bean
  @ConditionalOnMissingBean
  JobInspector mrqJobInspector(JobQueries queries, RecoveryStore recovery) {
    return new JobInspector(queries, recovery);
  }

  @Bean
  @ConditionalOnMissingBean
  QueueActions mrqQueueActions(QueuePauses pauses, @Qualifier(CLOCK) InstantSource clock) {
    return new QueueActions(pauses, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  JobActions mrqJobActions(
      JobQueries queries,
      JobMoves moves,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      ObjectProvider<ActionEvents> events,
      @Qualifier(CLOCK) InstantSource clock) {
    return new JobActions(
        queries,
        moves,
        dispatcher,
        tasks,
        ActionEvents.all(events.orderedStream().toList()),
        clock);
  }
}
