package io.mrq.autoconfigure.task;

import io.mrq.task.LayeredSettings;
import io.mrq.task.TaskDefinition;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final SettingsOfTasks settings;
  private final AtomicReference<@Nullable Found> found = new AtomicReference<>();

  TaskSearch(ConfigurableListableBeanFactory beans, TaskBinding binding, SettingsOfTasks settings) {
    this.beans = beans;
    this.tasks = new TaskBeans(beans, binding, settings);
    this.settings = settings;
  }

  @Override
  public void afterSingletonsInstantiated() {
    found.set(search(true));
  }

  @Override
  public Map<String, TaskDefinition> get() {
    return found().definitions;
  }

  /** The task of a path, or nothing when this application does not have it. */
  Optional<FoundTask> find(String path) {
    return Optional.ofNullable(found().tasks.get(path));
  }

  /** What was found, in two forms. */
  private record Found(Map<String, FoundTask> tasks, Map<String, TaskDefinition> definitions) {}

  private Found found() {
    Found known = found.get();
    if (known != null) {
      return known;
    }
    Found early = search(false);
    // When all beans were made meanwhile, more tasks are known than were found here.
    return found.compareAndSet(null, early) ? early : found();
  }

  @Override
  public Map<String, AnnotatedElement> elements() {
    Map<String, AnnotatedElement> declared = new LinkedHashMap<>();
    Found known = found.get();
    if (known != null) {
      known.tasks.forEach((path, task) -> {
        if (task.element() != null) {
          declared.put(path, task.element());
        }
      });
    }
    return declared;
  }

  private Found search(boolean all) {
    Map<String, FoundTask> byPath = new LinkedHashMap<>();
    Map<String, TaskDefinition> definitions = new LinkedHashMap<>();
    for (FoundTask task : list(all)) {
      String path = task.definition().path();
      FoundTask other = byPath.put(path, task);
      definitions.put(path, task.definition());
      if (other != null) {
        throw new IllegalStateException(
            "two tasks have the path '%s': %s, and %s; give one of them another with @MrqTask(\"…\")"
                .formatted(path, other.origin(), task.origin()));
      }
    }
    return new Found(byPath, definitions);
  }

  private List<FoundTask> list(boolean all) {
    BeanClasses classes = new BeanClasses(beans, all);
    List<FoundTask> list = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(TaskDefinition.class, true, all)) {
      if (all || beans.containsSingleton(name)) {
        list.add(byHand(name, beans.getBean(name, TaskDefinition.class)));
      }
    }
    for (Iterator<String> names = beans.getBeanNamesIterator(); names.hasNext(); ) {
      classes.find(names.next()).ifPresent(bean -> list.addAll(tasks.of(bean)));
    }
    return list;
  }

  private FoundTask byHand(String bean, TaskDefinition definition) {
    LayeredSettings layers = settings.defined(definition.path(), definition.settings());
    return new FoundTask(
        "the bean '%s'".formatted(bean),
        new TaskDefinition(definition.path(), layers.settings(), definition.body()),
        null,
        layers,
        "",
        List.of(),
        () -> null);
  }
}
