package io.mrq.redis;

import io.mrq.job.WorkerId;
import java.util.Locale;

/** Names of our keys. The queue stands in braces, so that all keys of a queue share one cluster slot. */
final class RedisKeys {
  private final String prefix;

  RedisKeys(String prefix) {
    this.prefix = prefix;
  }

  String ready(String queue) {
    return prefix + ":{" + encoded(queue) + "}:ready";
  }

  String idle(String queue) {
    return prefix + ":{" + encoded(queue) + "}:idle";
  }

  String wake(WorkerId worker) {
    return wake(worker.hex());
  }

  String wake(String worker) {
    return prefix + ":wake:" + worker;
  }

  /** Names found in a shared database may hold braces or control characters (protocol §1). */
  private static String encoded(String queue) {
    StringBuilder text = new StringBuilder(queue.length());
    for (int i = 0; i < queue.length(); i++) {
      char c = queue.charAt(i);
      if (c == '{' || c == '}' || c == '%' || Character.isISOControl(c)) {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
