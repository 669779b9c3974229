package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import io.mrq.task.TaskRegistry;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import tools.jackson.databind.json.JsonMapper;

/** Applications with a registry of tasks, started for a test, and beans of several tests. */
abstract class TaskSearching {
  final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  JacksonAutoConfiguration.class, ValidationAutoConfiguration.class))
          .withUserConfiguration(Registry.class);

  @Configuration(proxyBeanMethods = false)
  static class Registry {
    @Bean
    TaskSearch search(ConfigurableListableBeanFactory beans, JsonMapper json, Validator validator) {
      return new TaskSearch(beans, new TaskBinding(json, validator), SettingsOfTasksTest.NONE);
    }

    @Bean
    TaskRegistry registry(TaskSearch search) {
      return new TaskRegistry(search);
    }
  }

  final void registry(Consumer<TaskRegistry> check, Class<?>... application) {
    runner
        .withUserConfiguration(application)
        .run(context -> {
          assertThat(context).hasNotFailed();
          check.accept(context.getBean(TaskRegistry.class));
        });
  }

  static @Nullable Object run(TaskRegistry registry, String path) {
    try {
      return registry.find(path).orElseThrow().body().run(Map.of());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  final String startFailure(Class<?> application) {
    AtomicReference<String> message = new AtomicReference<>("");
    runner
        .withUserConfiguration(application)
        .run(context -> {
          assertThat(context).hasFailed();
          message.set(String.valueOf(context.getStartupFailure()));
        });
    return message.get();
  }

  @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
  static class ScopedTask extends Task<Map<String, Object>, String> {
    @Override
    public String run(Map<String, Object> params) {
      return "t";
    }
  }

  interface Service {
    String send();
  }

  static class ServiceBean implements Service {
    @Override
    @MrqTask("by.interface")
    public String send() {
      return "sent";
    }
  }
}
