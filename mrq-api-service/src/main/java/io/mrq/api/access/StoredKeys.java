package io.mrq.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mrq.access.ApiKey;
import io.mrq.access.ApiKeyRing;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API keys that admins made, read from MongoDB and known again for {@link #REMEMBERED}: a busy
 * service does not cost a read a request, and a key that is revoked elsewhere opens nothing a few
 * seconds later. An id that nobody has is remembered too.
 */
final class StoredKeys {
  /** How long a revoked key may still count in other processes. */
  static final Duration REMEMBERED = Duration.ofSeconds(3);

  private static final Logger log = LoggerFactory.getLogger(StoredKeys.class);
  private static final Duration NOTED = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 10_000;

  private final ApiKeyRing ring;
  private final InstantSource clock;
  private final Cache<String, Optional<ApiKey>> known;
  private final Cache<String, Instant> noted;

  StoredKeys(ApiKeyRing ring, InstantSource clock) {
    this.ring = ring;
    this.clock = clock;
    this.known = cache(REMEMBERED);
    this.noted = cache(NOTED);
  }

  private <V> Cache<String, V> cache(Duration time) {
    return Caffeine.newBuilder()
        .maximumSize(MAX_REMEMBERED)
        .expireAfterWrite(time)
        .ticker(() -> clock.millis() * 1_000_000)
        .build();
  }

  /**
   * Whose key this is.
   *
   * @return empty when it is unknown, revoked or expired
   * @throws StoreUnavailableException when MongoDB does not answer
   */
  Optional<Caller> holder(String secret) {
    Optional<ApiKey> key =
        ApiKeyRing.idOf(secret)
            .flatMap(this::find)
            .filter(found -> ApiKeyRing.isSecretOf(found, secret))
            .filter(found -> found.isValid(clock.instant()));
    key.ifPresent(this::noteUse);
    return key.flatMap(
        found -> Role.named(found.role()).map(role -> Caller.key(found.name(), role)));
  }

  /** Forgets what is known of a key, since it was revoked here. */
  void forget(String id) {
    known.invalidate(id);
  }

  private Optional<ApiKey> find(String id) {
    Optional<ApiKey> remembered = known.getIfPresent(id);
    if (remembered != null) {
      return remembered;
    }
    Optional<ApiKey> read = ring.find(id);
    known.put(id, read);
    return read;
  }

  /** Once a minute, and nobody waits for it. */
  private void noteUse(ApiKey key) {
    if (noted.asMap().putIfAbsent(key.id(), clock.instant()) == null) {
      Thread.ofVirtual().name("api-key-use").start(() -> write(key));
    }
  }

  private void write(ApiKey key) {
    try {
      ring.used(key.id());
    } catch (StoreUnavailableException e) {
      log.debug("the use of {} is not noted: {}", key, e.getMessage());
    }
  }
}
