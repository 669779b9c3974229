package io.mrq.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key with which a service uses the API, as it is kept: the secret itself is nowhere.
 *
 * @param id the public part of the secret
 * @param hash SHA-256 of the secret in lower-case hex digits
 * @param name what it is for
 * @param role what its holder may do, under the name that the API gives it
 * @param createdBy who made it
 * @param created when
 * @param expires from when on it opens nothing; null: never
 * @param used about when it was used last, to the minute; null: never
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

  /** Whether it still counts. */
  public boolean isValid(Instant now) {
    return expires == null || now.isBefore(expires);
  }

  @Override
  public String toString() {
    return "ApiKey[id=%s, name=%s, role=%s]".formatted(id, name, role);
  }
}
