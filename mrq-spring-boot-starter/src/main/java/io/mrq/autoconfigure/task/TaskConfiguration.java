package io.mrq.autoconfigure.task;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.autoconfigure.bean.BeanChoice;
import io.mrq.client.TypedTasks;
import io.mrq.task.LayeredSettings;
import io.mrq.task.SharedTasks;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskStore;
import jakarta.validation.Validator;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Finds the tasks of the application, and knows those of others. */
@Configuration(proxyBeanMethods = false)
public class TaskConfiguration {
  @Bean
  SettingsOfTasks mrqSettingsOfTasks(MrqProperties properties) {
    return new SettingsOfTasks(properties.taskDefaults(), properties.taskSettings());
  }

  @Bean
  @ConditionalOnMissingBean(TaskRegistry.class)
  TaskSearch mrqTaskSearch(
      ConfigurableListableBeanFactory beans, MrqProperties properties, SettingsOfTasks settings) {
    MrqProperties.Tasks tasks = properties.tasks();
    JsonMapper json =
        BeanChoice.of(beans, JsonMapper.class, tasks.jsonMapper(), "mrq.tasks.json-mapper");
    Validator validator =
        BeanChoice.of(beans, Validator.class, tasks.validator(), "mrq.tasks.validator");
    return new TaskSearch(beans, new TaskBinding(json, validator), settings);
  }

  @Bean
  @ConditionalOnMissingBean
  TaskRegistry mrqTaskRegistry(TaskSearch search, ObjectProvider<SharedTasks> shared) {
    return new TaskRegistry(new LiveTasks(search, shared::getIfAvailable));
  }

  @Bean
  @ConditionalOnMissingBean(TaskCatalog.class)
  SharedTasks mrqTaskCatalog(
      TaskStore store,
      ObjectProvider<TaskSearch> search,
      ObjectProvider<TaskRegistry> registry,
      SettingsOfTasks settings,
      @Qualifier(CLOCK) InstantSource clock) {
    return new SharedTasks(
        store,
        path -> local(path, search.getIfAvailable(), registry, settings),
        settings::properties,
        settings.defaults(),
        clock,
        System::nanoTime,
        Thread::startVirtualThread);
  }

  private static Optional<LayeredSettings> local(
      String path,
      @Nullable TaskSearch search,
      ObjectProvider<TaskRegistry> registry,
      SettingsOfTasks settings) {
    return search != null
        ? search.find(path).map(FoundTask::settings)
        : registry
            .getObject()
            .find(path)
            .map(TaskDefinition::settings)
            .map(own -> settings.defined(path, own));
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
