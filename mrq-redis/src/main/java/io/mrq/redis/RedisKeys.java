package io.mrq.redis;

import java.util.Locale;

/**
 * The names of our keys (protocol §3). The part in braces is literal: Redis Cluster finds the slot
 * by it, so all keys of one queue share a slot, and so may one script.
 */
record RedisKeys(String prefix) {
  /** Sorted set: job id, by order. */
  String ready(String queue) {
    return prefix + ":{" + encoded(queue) + "}:ready";
  }

  /** Sorted set: worker, by the Redis time in ms when it said that it waits. */
  String idle(String queue) {
    return prefix + ":{" + encoded(queue) + "}:idle";
  }

  /** List: queues that the worker was woken for. */
  String wake(String worker) {
    return prefix + ":wake:{" + worker + "}";
  }

  /**
   * Names found in a shared database may hold anything; in a key they must not end the hash tag
   * early, nor spoil a terminal (protocol §1). An empty tag would not count as one, so an empty
   * name becomes a single percent sign, which no other name does.
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
