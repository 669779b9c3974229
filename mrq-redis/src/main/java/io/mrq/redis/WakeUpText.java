package io.mrq.redis;

import io.mrq.dispatch.WakeUp;
import io.mrq.job.JobId;

/**
 * A wake-up as it stands in a wake list: the queue, and, if a job is named, the character 0 and the
 * id. A script writes it, and a worker reads it.
 */
final class WakeUpText {
  private static final char SEPARATOR = 0;
  private static final int ID_DIGITS = 24;

  private WakeUpText() {}

  /**
   * Reads what was popped; a queue may have any name, so only what has the form of an id is one.
   */
  static WakeUp parse(String text) {
    int end = text.length() - ID_DIGITS - 1;
    if (end < 0 || text.charAt(end) != SEPARATOR) {
      return new WakeUp(text, null);
    }
    try {
      return new WakeUp(text.substring(0, end), new JobId(text.substring(end + 1)));
    } catch (IllegalArgumentException e) {
      return new WakeUp(text, null);
    }
  }
}
