package io.mrq.key;

/**
 * What makes two enqueues the same one.
 *
 * @param scope keeps the keys of different callers apart
 * @param key chosen by the caller, 1 to 255 characters
 * @param body hash of the request: the same key with another body is refused
 */
public record IdempotencyKey(String scope, String key, String body) {
  /** The longest key. */
  public static final int MAX_LENGTH = 255;
}
