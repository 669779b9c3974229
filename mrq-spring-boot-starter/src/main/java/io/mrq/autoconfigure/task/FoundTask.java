package io.mrq.autoconfigure.task;

import io.mrq.task.LayeredSettings;
import io.mrq.task.PublishedTask;
import io.mrq.task.TaskDefinition;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task that was found among the beans.
 *
 * @param origin where it was found, for messages
 * @param definition the task, with the settings that hold in this process
 * @param element the class or method that is the task; null for a bean that is a definition
 * @param settings these settings, and who has set them
 * @param description for people; may be empty
 * @param searchKeys the params by which people look for its jobs
 * @param schema makes the JSON Schema of its params; null where it is not known
 */
record FoundTask(
    String origin,
    TaskDefinition definition,
    @Nullable AnnotatedElement element,
    LayeredSettings settings,
    String description,
    List<String> searchKeys,
    Supplier<@Nullable String> schema) {
  /** What other processes are told of it. */
  PublishedTask published() {
    return new PublishedTask(definition.path(), description, settings, schema.get(), searchKeys);
  }
}
