package io.mrq.autoconfigure.task;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.autoconfigure.bean.BeanChoice;
import io.mrq.client.TypedTasks;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskRegistry;
import jakarta.validation.Validator;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Finds the tasks of the application. */
@Configuration(proxyBeanMethods = false)
public class TaskConfiguration {
  @Bean
  @ConditionalOnMissingBean(TaskRegistry.class)
  TaskSearch mrqTaskSearch(ConfigurableListableBeanFactory beans, MrqProperties properties) {
    MrqProperties.Tasks tasks = properties.tasks();
    JsonMapper json =
        BeanChoice.of(beans, JsonMapper.class, tasks.jsonMapper(), "mrq.tasks.json-mapper");
    Validator validator =
        BeanChoice.of(beans, Validator.class, tasks.validator(), "mrq.tasks.validator");
    return new TaskSearch(beans, new TaskBinding(json, validator));
  }

  @Bean
  @ConditionalOnMissingBean
  TaskRegistry mrqTaskRegistry(TaskSearch search) {
    return new TaskRegistry(search);
  }

  @Bean
  @ConditionalOnMissingBean
  TaskCatalog mrqTaskCatalog(TaskRegistry tasks) {
    return tasks.catalog();
  }

  @Bean
  @ConditionalOnMissingBean
  TypedTasks mrqTypedTasks(ConfigurableListableBeanFactory beans, MrqProperties properties) {
    return new StoredTasks(
        beans,
        BeanChoice.of(
            beans, JsonMapper.class, properties.tasks().jsonMapper(), "mrq.tasks.json-mapper"));
  }
}
