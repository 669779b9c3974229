package io.mrq.autoconfigure.task;

import io.mrq.task.TaskDefinition;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Searches the beans for tasks when all of them are made. Then the class of each bean is known,
 * even of one that is declared by its interface, and a bean with tasks may itself use what needs
 * the tasks. Until then, for example when a bean enqueues a job while it is made, the declarations
 * of the beans must do.
 */
final class TaskSearch
    implements SmartInitializingSingleton, Supplier<Map<String, TaskDefinition>>, TaskElements {
  private final ConfigurableListableBeanFactory beans;
  private final TaskBeans tasks;
  private final AtomicReference<@Nullable Map<String, TaskDefinition>> found =
      new AtomicReference<>();
  private volatile Map<String, AnnotatedElement> elements = Map.of();

  TaskSearch(ConfigurableListableBeanFactory beans, TaskBinding binding) {
    this.beans = beans;
    this.tasks = new TaskBeans(beans, binding);
  }

  @Override
  public void afterSingletonsInstantiated() {
    found.set(search(true));
  }

  @Override
  public Map<String, TaskDefinition> get() {
    Map<String, TaskDefinition> known = found.get();
    if (known != null) {
      return known;
    }
    Map<String, TaskDefinition> early = search(false);
    // When all beans were made meanwhile, more tasks are known than were found here.
    return found.compareAndSet(null, early) ? early : get();
  }

  @Override
  public Map<String, AnnotatedElement> elements() {
    return elements;
  }

  private Map<String, TaskDefinition> search(boolean all) {
    Map<String, TaskDefinition> byPath = new LinkedHashMap<>();
    Map<String, AnnotatedElement> declared = new LinkedHashMap<>();
    Map<String, String> origins = new HashMap<>();
    for (FoundTask task : list(all)) {
      String path = task.definition().path();
      byPath.put(path, task.definition());
      if (task.element() != null) {
        declared.put(path, task.element());
      }
      String other = origins.put(path, task.origin());
      if (other != null) {
        throw new IllegalStateException(
            "two tasks have the path '%s': %s, and %s; give one of them another with @MrqTask(\"…\")"
                .formatted(path, other, task.origin()));
      }
    }
    elements = declared;
    return byPath;
  }

  private List<FoundTask> list(boolean all) {
    BeanClasses classes = new BeanClasses(beans, all);
    List<FoundTask> list = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(TaskDefinition.class, true, all)) {
      if (all || beans.containsSingleton(name)) {
        list.add(
            new FoundTask(
                "the bean '%s'".formatted(name), beans.getBean(name, TaskDefinition.class), null));
      }
    }
    for (Iterator<String> names = beans.getBeanNamesIterator(); names.hasNext(); ) {
      classes.find(names.next()).ifPresent(bean -> list.addAll(tasks.of(bean)));
    }
    return list;
  }
}
