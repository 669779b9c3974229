package io.mrq.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells of a task, for processes that do not have its code.
 *
 * @param path by which jobs name the task
 * @param description for people; may be empty
 * @param settings how its jobs are run and kept, and who has set that; overrides are not among them
 * @param paramsSchema the JSON Schema of the params as a JSON text; null where it is not known
 * @param searchKeys the params by which people look for jobs of this task
 */
public record PublishedTask(
    String path,
    String description,
    LayeredSettings settings,
    @Nullable String paramsSchema,
    List<String> searchKeys) {
  public PublishedTask {
    searchKeys = List.copyOf(searchKeys);
  }
}
