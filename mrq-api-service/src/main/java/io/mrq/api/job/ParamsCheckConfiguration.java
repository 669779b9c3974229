package io.mrq.api.job;

import io.mrq.task.SharedTasks;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whether params are checked before a job is stored. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EnqueueProperties.class)
class ParamsCheckConfiguration {
  @Bean
  ParamsCheck mrqParamsCheck(EnqueueProperties properties, SharedTasks tasks) {
    return new ParamsCheck(properties.validateParams(), tasks);
  }
}
