package io.mrq.autoconfigure.task;

import io.mrq.task.JobContext;
import io.mrq.task.TaskInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.PriorityOrdered;
import tools.jackson.databind.json.JsonMapper;

/**
 * The outermost interceptor: it waits for what the task or another interceptor returns, and makes
 * plain values of it in the thread of the run. The log of the job tells what had to be changed.
 */
final class ResultInterceptor implements TaskInterceptor, PriorityOrdered {
  private static final Logger log = LoggerFactory.getLogger(ResultInterceptor.class);

  private final JsonMapper json;

  ResultInterceptor(JsonMapper json) {
    this.json = json;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable Object around(JobContext context, Next next) throws Exception {
    ResultSnapshot snapshot = new ResultSnapshot(json);
    Object plain = snapshot.of(AsyncResult.awaited(next.proceed()));
    snapshot.notes().forEach(note -> log.warn("{}", note));
    return plain;
  }
}
