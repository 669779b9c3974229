package io.mrq.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mrq.access.ApiKey;
import io.mrq.access.ApiKeys;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API keys that admins issued, read from MongoDB and cached for {@link #CACHE_TIME}: a busy
 * service does not cause a read per request, and a key that another process revokes stops working
 * within seconds. Unknown ids are cached too.
 */
final class StoredKeys {
  /** How long a revoked key may still work in other processes. */
  static final Duration CACHE_TIME = Duration.ofSeconds(3);

  private static final Logger log = LoggerFactory.getLogger(StoredKeys.class);
  private static final Duration USE_INTERVAL = Duration.ofMinutes(1);
  private static final int MAX_CACHED = 10_000;

  private final ApiKeys keys;
  private final InstantSource clock;
  private final Cache<String, Optional<ApiKey>> known;
  private final Cache<String, Instant> noted;

  StoredKeys(ApiKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
    this.known = cache(CACHE_TIME);
    this.noted = cache(USE_INTERVAL);
  }

  private <V> Cache<String, V> cache(Duration time) {
    return Caffeine.newBuilder()
        .maximumSize(MAX_CACHED)
        .expireAfterWrite(time)
        .ticker(() -> clock.millis() * 1_000_000)
        .build();
  }

  /**
   * The service that a secret belongs to.
   *
   * @return empty when the key is unknown, revoked or expired
   * @throws StoreUnavailableException when MongoDB does not answer
   */
  Optional<Caller> holder(String secret) {
    Optional<ApiKey> key =
        ApiKeyIssuer.idOf(secret)
            .flatMap(this::find)
            .filter(found -> ApiKeyIssuer.isSecretOf(found, secret))
            .filter(found -> found.isValid(clock.instant()));
    key.ifPresent(this::storeUse);
    return key.flatMap(
        found -> Role.named(found.role()).map(role -> Caller.key(found.name(), role)));
  }

  /** Removes a key from the cache, because it was revoked here. */
  void forget(String id) {
    known.invalidate(id);
  }

  private Optional<ApiKey> find(String id) {
    Optional<ApiKey> remembered = known.getIfPresent(id);
    if (remembered != null) {
      return remembered;
    }
    Optional<ApiKey> read = keys.find(id);
    known.put(id, read);
    return read;
  }

  /** Writes the time of use once a minute; the request does not wait for it. */
  private void storeUse(ApiKey key) {
    if (noted.asMap().putIfAbsent(key.id(), clock.instant()) == null) {
      Thread.ofVirtual().name("api-key-use").start(() -> write(key));
    }
  }

  private void write(ApiKey key) {
    try {
      keys.used(key.id(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    } catch (StoreUnavailableException e) {
      log.debug("the last use of {} was not stored: {}", key, e.getMessage());
    }
  }
}
