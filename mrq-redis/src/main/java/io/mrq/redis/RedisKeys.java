package io.mrq.redis;

import java.util.Locale;

/**
 * The names of the keys. Redis Cluster computes the slot from the part in braces, so all keys of a
 * queue are in one slot, as a script requires.
 */
record RedisKeys(String prefix) {
  /** Sorted set: ids of ready jobs, scored by their order. */
  String ready(String queue) {
    return prefix + ":{" + encoded(queue) + "}:ready";
  }

  /** Sorted set: workers that wait, scored by the Redis time in ms of their idle notes. */
  String idle(String queue) {
    return prefix + ":{" + encoded(queue) + "}:idle";
  }

  /** List: for what the worker was woken, the latest first; see {@link WakeUpText}. */
  String wake(String worker) {
    return wakePrefix() + "{" + worker + "}";
  }

  /** What the keys of all wake lists begin with. */
  String wakePrefix() {
    return prefix + ":wake:";
  }

  /**
   * Escapes a name that another program may have written to the shared database: it must not end
   * the braces early, nor carry control characters to a terminal. Empty braces would not count, so
   * an empty name becomes a percent sign, which stands for no other name.
   */
  private static String encoded(String queue) {
    if (queue.isEmpty()) {
      return "%";
    }
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
