package io.mrq.autoconfigure.task;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.autoconfigure.bean.BeanChoice;
import io.mrq.task.TaskInterceptor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes plain values of what tasks return. */
@Configuration(proxyBeanMethods = false)
public class TaskResultConfiguration {
  @Bean
  TaskInterceptor mrqResults(ListableBeanFactory beans, MrqProperties properties) {
    return new ResultInterceptor(
        BeanChoice.of(
            beans, JsonMapper.class, properties.tasks().jsonMapper(), "mrq.tasks.json-mapper"));
  }
}
