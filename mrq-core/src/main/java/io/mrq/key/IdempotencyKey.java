package io.mrq.key;

import io.mrq.hash.Sha256;

/**
 * What makes two enqueues the same one, for {@link io.mrq.client.JobClient#enqueueOnce}.
 *
 * @param scope keeps the keys of different callers apart, such as {@code billing}
 * @param key chosen by the caller, 1 to {@value #MAX_LENGTH} characters, such as the number of an
 *     order
 * @param body a hash of the request: the same key with another body is refused
 */
public record IdempotencyKey(String scope, String key, String body) {
  /** The longest key, in characters. */
  public static final int MAX_LENGTH = 255;

  /**
   * Returns the form in which the key is stored: the scope and a hash, so that a key of any text
   * fits and does not leak.
   */
  public String stored() {
    return scope + ":" + Sha256.hex(key);
  }
}
