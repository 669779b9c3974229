package io.mrq.service.worker.tasks;

import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code mrq.tasks.Echo}: returns its params, to test everything from enqueue to result. */
@MrqTask("mrq.tasks.Echo")
final class EchoTask extends Task<Map<String, @Nullable Object>, Map<String, @Nullable Object>> {
  @Override
  public Map<String, @Nullable Object> run(Map<String, @Nullable Object> params) {
    return params;
  }
}
