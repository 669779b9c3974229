package io.mrq.redis;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How the dispatch index uses Redis.
 *
 * @param prefix start of all keys, default {@code mrq}; without braces, which mark the cluster slot
 * @param maxReady how many ids the ready set of a queue holds at most, default 1,000,000 (about 126
 *     MB); the ids that sort last are dropped and offered again when there is room
 * @param commandTimeout how long a round trip may take, default 500 ms
 * @param connectTimeout how long opening a connection may take, default 1 s; a call waits for it no
 *     longer than {@code commandTimeout}
 * @param failuresToOpen how many failures in a row open the circuit, default 3
 * @param openFor how long an open circuit refuses calls before it lets one through, default 1 s
 */
public record RedisDispatchSettings(
    String prefix,
    int maxReady,
    Duration commandTimeout,
    Duration connectTimeout,
    int failuresToOpen,
    Duration openFor) {
  private static final Pattern PREFIX = Pattern.compile("[^{}\\p{Cntrl}]{1,100}");

  public static final RedisDispatchSettings DEFAULT =
      new RedisDispatchSettings(
          "mrq",
          1_000_000,
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          3,
          Duration.ofSeconds(1));

  public RedisDispatchSettings {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "the Redis prefix must be 1 to 100 characters without braces and control characters, but is '%s'"
              .formatted(prefix));
    }
    if (maxReady < 1 || failuresToOpen < 1) {
      throw new IllegalArgumentException("maxReady and failuresToOpen must be at least 1");
    }
    if (!commandTimeout.isPositive() || !connectTimeout.isPositive() || !openFor.isPositive()) {
      throw new IllegalArgumentException(
          "commandTimeout, connectTimeout and openFor must be longer than zero");
    }
  }

  /** Returns these settings with another prefix. */
  public RedisDispatchSettings withPrefix(String other) {
    return new RedisDispatchSettings(
        other, maxReady, commandTimeout, connectTimeout, failuresToOpen, openFor);
  }

  /** Returns these settings with another size of the largest ready set. */
  public RedisDispatchSettings withMaxReady(int other) {
    return new RedisDispatchSettings(
        prefix, other, commandTimeout, connectTimeout, failuresToOpen, openFor);
  }
}
