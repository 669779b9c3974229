package io.mrq.autoconfigure;

import io.mrq.job.DurationText;
import io.mrq.job.Retention;
import io.mrq.task.BackOff;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import io.mrq.task.TaskBody;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/** Finds tasks among the beans: classes of {@link Task}, and methods with {@link MrqTask}. */
final class TaskBeans {
  private TaskBeans() {}

  /**
   * A bean of a {@link Task} class; asked for anew for each run, so a prototype is new each time
   * (CTX-08).
   */
  static TaskDefinition ofClass(ApplicationContext context, String bean, TaskBinding binding) {
    Class<?> type = ClassUtils.getUserClass(requireType(context, bean));
    Type params = ResolvableType.forClass(type).as(Task.class).getGeneric(0).getType();
    MrqTask annotation = AnnotatedElementUtils.findMergedAnnotation(type, MrqTask.class);
    String path =
        annotation == null || annotation.value().isEmpty() ? type.getName() : annotation.value();
    TaskBody body =
        stored -> {
          @SuppressWarnings("unchecked")
          Task<@Nullable Object, Object> task =
              (Task<@Nullable Object, Object>) context.getBean(bean);
          return binding.plain(task.runWrapped(binding.bind(stored, params)));
        };
    return new TaskDefinition(path, settings(annotation), body);
  }

  private static Class<?> requireType(ApplicationContext context, String bean) {
    Class<?> type = context.getType(bean);
    if (type == null) {
      throw new IllegalStateException("the bean '" + bean + "' has no type");
    }
    return type;
  }

  /** Every annotated method of every bean; beans that have none are not made for this. */
  static List<TaskDefinition> ofMethods(ApplicationContext context, TaskBinding binding) {
    List<TaskDefinition> found = new ArrayList<>();
    for (String bean : context.getBeanDefinitionNames()) {
      Class<?> type = context.getType(bean, false);
      if (type == null || type.getName().startsWith("org.springframework.")) {
        continue;
      }
      Class<?> user = ClassUtils.getUserClass(type);
      Map<Method, MrqTask> methods =
          MethodIntrospector.selectMethods(
              user,
              (MethodIntrospector.MetadataLookup<MrqTask>)
                  m -> AnnotatedElementUtils.findMergedAnnotation(m, MrqTask.class));
      methods.forEach((m, a) -> found.add(ofMethod(context, bean, user, m, a, binding)));
    }
    return found;
  }

  private static TaskDefinition ofMethod(
      ApplicationContext context,
      String bean,
      Class<?> user,
      Method method,
      MrqTask annotation,
      TaskBinding binding) {
    String path =
        annotation.value().isEmpty() ? user.getName() + "." + method.getName() : annotation.value();
    if (method.getParameterCount() > 1) {
      throw new IllegalStateException(
          "the task %s must take one parameter, a record of its params, or none".formatted(path));
    }
    Method invocable = AopUtils.selectInvocableMethod(method, requireType(context, bean));
    invocable.setAccessible(true);
    TaskBody body =
        stored -> {
          Object target = context.getBean(bean);
          Object[] arguments =
              method.getParameterCount() == 0
                  ? new Object[0]
                  : new Object[] {binding.bind(stored, method.getGenericParameterTypes()[0])};
          return binding.plain(invoke(invocable, target, arguments));
        };
    return new TaskDefinition(path, settings(annotation), body);
  }

  private static @Nullable Object invoke(Method method, Object target, Object[] arguments)
      throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw e;
      }
    }
  }

  private static TaskSettings settings(@Nullable MrqTask task) {
    TaskSettings defaults = TaskSettings.DEFAULT;
    if (task == null) {
      return defaults;
    }
    BackOff backOff =
        new BackOff(
            duration(task.retryDelay(), defaults.backOff().initial()),
            task.retryMultiplier(),
            duration(task.maxRetryDelay(), defaults.backOff().max()));
    Retention kept = defaults.retention();
    return new TaskSettings(
        task.queue().isEmpty() ? defaults.queue() : task.queue(),
        duration(task.timeout(), defaults.timeout()),
        task.maxRetries() < 0 ? defaults.maxRetries() : task.maxRetries(),
        backOff,
        new Retention(
            duration(task.resultTtl(), kept.success()), kept.abort(), kept.cancel(), kept.other()),
        List.of(task.retryOn()),
        task.threads());
  }

  private static Duration duration(String text, Duration otherwise) {
    return text.isEmpty() ? otherwise : DurationText.parse(text);
  }
}
