package io.mrq.test.memory.access;

import io.mrq.access.ApiKey;
import io.mrq.access.ApiKeys;
import io.mrq.test.memory.job.Availability;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** API keys in memory. */
public final class InMemoryApiKeys implements ApiKeys {
  private final Availability availability;
  private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();

  public InMemoryApiKeys(Availability availability) {
    this.availability = availability;
  }

  @Override
  public boolean insert(ApiKey key) {
    availability.check();
    ApiKey there = keys.putIfAbsent(key.id(), key);
    return there == null || there.hash().equals(key.hash());
  }

  @Override
  public Optional<ApiKey> find(String id) {
    availability.check();
    return Optional.ofNullable(keys.get(id));
  }

  @Override
  public List<ApiKey> list(int limit) {
    availability.check();
    return keys.values().stream()
        .sorted(Comparator.comparing(ApiKey::created).reversed().thenComparing(ApiKey::id))
        .limit(limit)
        .toList();
  }

  @Override
  public boolean delete(String id) {
    availability.check();
    return keys.remove(id) != null;
  }

  @Override
  public void used(String id, Instant when) {
    availability.check();
    keys.computeIfPresent(
        id,
        (_, key) ->
            new ApiKey(
                key.id(),
                key.hash(),
                key.name(),
                key.role(),
                key.createdBy(),
                key.created(),
                key.expires(),
                when));
  }
}
