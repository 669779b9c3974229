package io.mrq.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The API keys that were made by people, in {@code mrq_api_keys}. Every method may throw {@link
 * StoreUnavailableException}; the call may then be repeated as it was.
 */
public interface ApiKeys {
  /**
   * Stores a new key, majority and journaled.
   *
   * @return false: another key has this id, and nothing was stored; the same key again is true
   */
  boolean insert(ApiKey key);

  /** The key of this id, expired or not. */
  Optional<ApiKey> find(String id);

  /** Keys, expired ones too, the newest first. */
  List<ApiKey> list(int limit);

  /** Deletes a key; answers whether there was one. */
  boolean delete(String id);

  /** Notes that a key was used; nothing happens when there is none. */
  void used(String id, Instant when);
}
