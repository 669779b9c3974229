package io.mrq.deployment.monitoring;

import io.mrq.task.MrqTask;
import java.util.Map;

/** Tasks that end in every way, so that every meter has something to count. */
class TroubledTasks {
  /** Ends well. */
  @MrqTask("troubled.Succeed")
  public void succeed(Map<String, Object> params) {}

  /** Fails at once. */
  @MrqTask("troubled.Fail")
  public void fail(Map<String, Object> params) {
    throw new IllegalStateException("as told");
  }

  /** Is retried, and then given up. */
  @MrqTask(
      value = "troubled.GiveUp",
      maxRetries = 1,
      retryOn = IllegalStateException.class,
      retryDelay = "1ms")
  public void giveUp(Map<String, Object> params) {
    throw new IllegalStateException("as told");
  }
}
