package io.mrq.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a key with which a service uses the API. The secret itself is not stored.
 *
 * @param id the public part of the secret
 * @param hash SHA-256 of the secret in lower-case hex digits
 * @param name what the key is for
 * @param role what its holder may do: the name of a role of the API
 * @param createdBy who issued it
 * @param created when it was issued
 * @param expires when it becomes invalid; null: never
 * @param used when it was last used, accurate to about a minute; null: never
 */
public record ApiKey(
    String id,
    String hash,
    String name,
    String role,
    String createdBy,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant used) {

  /** Whether the key has not expired. */
  public boolean isValid(Instant now) {
    return expires == null || now.isBefore(expires);
  }

  @Override
  public String toString() {
    return "ApiKey[id=%s, name=%s, role=%s]".formatted(id, name, role);
  }
}
