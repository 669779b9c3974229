package io.mrq.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses tasks that are named by their Java code. */
final class NoTypedTasks implements TypedTasks {
  @Override
  public String path(TaskReference<?, ?> task) {
    throw refused();
  }

  @Override
  public Map<String, @Nullable Object> params(@Nullable Object params) {
    throw refused();
  }

  @Override
  public @Nullable Object result(TaskReference<?, ?> task, @Nullable Object stored) {
    throw refused();
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException(
        "this client was made without TypedTasks: enqueue a JobRequest, or make it with them");
  }
}
