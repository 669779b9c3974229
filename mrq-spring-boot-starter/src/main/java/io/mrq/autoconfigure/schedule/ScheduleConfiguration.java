package io.mrq.autoconfigure.schedule;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.autoconfigure.task.TaskElements;
import io.mrq.client.JobClient;
import io.mrq.schedule.CronParser;
import io.mrq.schedule.ScheduleEnqueuer;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.Schedules;
import io.mrq.schedule.SlotTimes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What defines, pauses and runs schedules. */
@Configuration(proxyBeanMethods = false)
public class ScheduleConfiguration {
  @Bean
  @ConditionalOnMissingBean
  CronParser mrqCronParser() {
    return new SpringCron();
  }

  @Bean
  @ConditionalOnMissingBean
  SlotTimes mrqSlotTimes(CronParser crons) {
    return new SlotTimes(crons);
  }

  @Bean
  @ConditionalOnMissingBean
  ScheduleEnqueuer mrqScheduleEnqueuer(ScheduleStore store, JobClient client) {
    return new ScheduleEnqueuer(store, client);
  }

  @Bean
  @ConditionalOnMissingBean
  Schedules mrqSchedules(ScheduleStore store, SlotTimes times, JobClient client) {
    return new Schedules(store, times, client);
  }

  @Bean
  ScheduleDeclarer mrqScheduleDeclarer(
      ObjectProvider<TaskElements> tasks,
      ConfigurableBeanFactory beans,
      MrqProperties properties,
      Schedules schedules,
      Environment environment) {
    DeclaredSchedules declared =
        new DeclaredSchedules(
            tasks, new ScheduleAnnotation(beans), properties.schedules(), schedules);
    String owner = properties.scheduler().owner();
    return new ScheduleDeclarer(
        declared,
        schedules,
        owner.isEmpty()
            ? environment.getProperty("spring.application.name", "application")
            : owner);
  }
}
