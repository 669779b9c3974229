package io.mrq.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The API keys that admins issued, in {@code mrq_api_keys}. Every method may throw {@link
 * StoreUnavailableException}; the same call may then be repeated.
 */
public interface ApiKeys {
  /**
   * Stores a new key, majority and journaled.
   *
   * @return false when another key has this id, and nothing was stored; true when this key is
   *     stored, also by an earlier attempt
   */
  boolean insert(ApiKey key);

  /** The key of this id, expired or not. */
  Optional<ApiKey> find(String id);

  /** Keys, expired ones too, the newest first. */
  List<ApiKey> list(int limit);

  /** Deletes a key and returns whether it existed. */
  boolean delete(String id);

  /** Stores when a key was last used; does nothing when the key does not exist. */
  void used(String id, Instant when);
}
