package io.mrq.autoconfigure.task;

import io.mrq.client.TaskReference;
import io.mrq.client.TypedTasks;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobValues;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeBindings;

/**
 * How tasks that an application names by their Java code are stored. The beans need not be there: a
 * path is read from the annotation as {@link TaskBeans} reads it.
 */
final class StoredTasks implements TypedTasks {
  private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private final TaskAnnotation annotations;
  private final JsonMapper json;
  private final ResultReading results;
  private final Map<TaskReference<?, ?>, Stored> known = new ConcurrentHashMap<>();

  StoredTasks(ConfigurableBeanFactory beans, JsonMapper json) {
    this.annotations = new TaskAnnotation(beans);
    this.json = json;
    this.results = new ResultReading(json);
  }

  /** What is stored of one task, and the type of its results. */
  private record Stored(String path, JavaType result) {}

  @Override
  public String path(TaskReference<?, ?> task) {
    return stored(task).path();
  }

  @Override
  public Map<String, @Nullable Object> params(@Nullable Object params) {
    if (params == null) {
      return Map.of();
    }
    if (params instanceof Map<?, ?> map && isPlain(map)) {
      // Its keys were found to be texts.
      @SuppressWarnings("unchecked")
      Map<String, @Nullable Object> plain = (Map<String, @Nullable Object>) map;
      return plain;
    }
    try {
      return json.convertValue(params, OBJECT);
    } catch (JacksonException | IllegalArgumentException e) {
      InvalidJobException refused =
          new InvalidJobException(
              "params",
              "must be a map, a record or something else that Jackson writes as a JSON object, and a %s is not"
                  .formatted(params.getClass().getName()));
      refused.initCause(e);
      throw refused;
    }
  }

  @Override
  public @Nullable Object result(TaskReference<?, ?> task, @Nullable Object result) {
    return results.read(result, stored(task).result());
  }

  private static boolean isPlain(Map<?, ?> map) {
    try {
      JobValues.check(map, "params");
      return true;
    } catch (InvalidJobException _) {
      return false;
    }
  }

  private Stored stored(TaskReference<?, ?> task) {
    return known.computeIfAbsent(task, unknown -> new Stored(pathOf(unknown), resultOf(unknown)));
  }

  private String pathOf(TaskReference<?, ?> task) {
    AnnotatedElement code = task.method() == null ? task.owner() : task.method();
    MrqTask annotation = AnnotatedElementUtils.findMergedAnnotation(code, MrqTask.class);
    if (annotation == null && task.method() != null) {
      throw new IllegalArgumentException("%s is no task: it has no @MrqTask".formatted(task));
    }
    String path = annotations.path(annotation, "");
    if (!path.isEmpty()) {
      return path;
    }
    if (Modifier.isAbstract(task.owner().getModifiers())) {
      throw new IllegalArgumentException(
          "the path of %s is the name of the class that implements it, which is not known here: give it a path, @MrqTask(\"…\")"
              .formatted(task));
    }
    return task.toString();
  }

  private JavaType resultOf(TaskReference<?, ?> task) {
    JavaType owner = json.getTypeFactory().constructType(task.owner());
    Method method = task.method();
    if (method == null) {
      return owner.findTypeParameters(Task.class)[1];
    }
    JavaType declaring = owner.findSuperType(method.getDeclaringClass());
    return json.getTypeFactory()
        .resolveMemberType(
            method.getGenericReturnType(),
            declaring == null ? TypeBindings.emptyBindings() : declaring.getBindings());
  }
}
