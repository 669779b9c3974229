package io.mrq.autoconfigure.task;

import io.mrq.task.LayeredSettings;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import io.mrq.task.TaskBody;
import io.mrq.task.TaskDefinition;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import tools.jackson.databind.JavaType;

/** Finds the tasks of one bean: a class of {@link Task}, and methods with {@link MrqTask}. */
final class TaskBeans {
  private final ConfigurableListableBeanFactory beans;
  private final TaskBinding binding;
  private final TaskAnnotation annotations;
  private final SettingsOfTasks settings;

  TaskBeans(ConfigurableListableBeanFactory beans, TaskBinding binding, SettingsOfTasks settings) {
    this.beans = beans;
    this.binding = binding;
    this.annotations = new TaskAnnotation(beans);
    this.settings = settings;
  }

  /**
   * Returns all tasks of a bean. Each run asks the bean factory for the bean, so a prototype is new
   * in each run, and a proxy around the bean is called.
   *
   * @throws IllegalStateException naming the bean and the task when a task cannot run
   */
  List<FoundTask> of(TaskBean bean) {
    List<FoundTask> found = new ArrayList<>();
    MrqTask onClass = AnnotatedElementUtils.findMergedAnnotation(bean.type(), MrqTask.class);
    if (Task.class.isAssignableFrom(bean.type())) {
      found.add(ofClass(bean, onClass));
    } else if (onClass != null) {
      throw new IllegalStateException(
          "@MrqTask on the class %s of the bean '%s' does not make a task: let the class extend %s, or annotate one of its methods"
              .formatted(bean.type().getName(), bean.name(), Task.class.getName()));
    }
    bean.methods().forEach((method, task) -> found.add(ofMethod(bean, method, task)));
    return found;
  }

  private FoundTask ofClass(TaskBean bean, @Nullable MrqTask annotation) {
    String origin = "the bean '%s' of %s".formatted(bean.name(), bean.type().getName());
    if (!Task.class.isAssignableFrom(bean.exposed())) {
      throw new IllegalStateException(
          "%s cannot run its task, because its proxy implements only interfaces: let it proxy the class"
              .formatted(origin));
    }
    return found(
        origin,
        annotation,
        bean.type(),
        bean.type().getName(),
        () -> {
          JavaType type = binding.type(bean.declared());
          ParamsBinding params = binding.params(type.findTypeParameters(Task.class)[0]);
          TaskBody body =
              stored -> {
                @SuppressWarnings("unchecked")
                Task<@Nullable Object, Object> task =
                    (Task<@Nullable Object, Object>) beans.getBean(bean.name());
                return AsyncResult.awaited(task.runWrapped(params.bind(stored)));
              };
          return new Code(body, params);
        });
  }

  private FoundTask ofMethod(TaskBean bean, Method method, MrqTask annotation) {
    String name = bean.type().getName() + "." + method.getName();
    String origin = "the bean '%s', method %s".formatted(bean.name(), name);
    return found(origin, annotation, method, name, () -> body(bean, method));
  }

  private Code body(TaskBean bean, Method method) {
    if (method.getParameterCount() > 1) {
      throw new IllegalStateException(
          "the method must have one parameter, such as a record of its params, or none");
    }
    TaskBean target = bean.reachable(method);
    Method invocable = AopUtils.selectInvocableMethod(method, target.exposed());
    invocable.setAccessible(true);
    if (method.getParameterCount() == 0) {
      return new Code(
          _ -> AsyncResult.awaited(invoke(invocable, beans.getBean(target.name()))), null);
    }
    ParamsBinding params = binding.params(binding.parameter(bean.declared(), method));
    TaskBody body =
        stored -> {
          Object bound = params.bind(stored);
          return AsyncResult.awaited(invoke(invocable, beans.getBean(target.name()), bound));
        };
    return new Code(body, params);
  }

  private FoundTask found(
      String origin,
      @Nullable MrqTask annotation,
      AnnotatedElement element,
      String name,
      BodyMaker body) {
    String path = name;
    try {
      path = annotations.path(annotation, name);
      LayeredSettings layers = settings.annotated(path, annotations.settings(annotation));
      Code code = body.make();
      return new FoundTask(
          origin,
          new TaskDefinition(path, layers.settings(), code.body()),
          element,
          layers,
          annotations.description(annotation),
          TaskAnnotation.searchKeys(annotation),
          code::schema);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IllegalStateException(
          "the task '%s' (%s) cannot be used: %s".formatted(path, origin, e.getMessage()), e);
    }
  }

  private static @Nullable Object invoke(
      Method method, Object target, @Nullable Object... arguments) throws Exception {
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

  /** Makes the code of a task, or throws an exception that says why it cannot run. */
  @FunctionalInterface
  private interface BodyMaker {
    Code make();
  }

  /**
   * The code of a task.
   *
   * @param params how its params are bound; null when it takes none
   */
  private record Code(TaskBody body, @Nullable ParamsBinding params) {
    @Nullable String schema() {
      return params == null ? null : params.schema();
    }
  }
}
