package io.mrq.testing;

import io.mrq.client.EnqueueEvents;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import io.mrq.task.TaskInterceptor;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Lets component scanning find only what tasks are made of. */
final class MrqTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<MrqTest> {
  private static final Class<?>[] ALL = {};

  private final Set<Class<?>> chosen;

  MrqTypeExcludeFilter(Class<?> testClass) {
    super(testClass);
    Class<?>[] tasks = getAnnotation().getValue("tasks", Class[].class).orElse(ALL);
    chosen = Set.of(tasks);
  }

  @Override
  protected Set<Class<?>> getKnownIncludes() {
    Set<Class<?>> known =
        new LinkedHashSet<>(Set.of(TaskInterceptor.class, WorkerEvents.class, EnqueueEvents.class));
    if (chosen.isEmpty()) {
      known.add(Task.class);
    }
    return known;
  }

  @Override
  protected Set<Class<?>> getComponentIncludes() {
    return chosen;
  }

  @Override
  protected boolean defaultInclude(MetadataReader type, MetadataReaderFactory readers)
      throws IOException {
    return super.defaultInclude(type, readers)
        || chosen.isEmpty() && hasTask(type.getClassMetadata().getClassName(), readers);
  }

  /** The annotation may stand in a superclass or in an interface. */
  private static boolean hasTask(String type, MetadataReaderFactory readers) throws IOException {
    if (type.startsWith("java.")) {
      return false;
    }
    AnnotationMetadata metadata = readers.getMetadataReader(type).getAnnotationMetadata();
    if (metadata.hasAnnotatedMethods(MrqTask.class.getName())) {
      return true;
    }
    String superclass = metadata.getSuperClassName();
    if (superclass != null && hasTask(superclass, readers)) {
      return true;
    }
    for (String implemented : metadata.getInterfaceNames()) {
      if (hasTask(implemented, readers)) {
        return true;
      }
    }
    return false;
  }
}
