package io.mrq.test.memory.key;

import io.mrq.job.JobId;
import io.mrq.key.JobKeys;
import io.mrq.test.memory.job.Availability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Idempotency keys in memory. */
public final class InMemoryJobKeys implements JobKeys {
  private final Availability availability;
  private final Map<String, Taken> keys = new ConcurrentHashMap<>();

  public InMemoryJobKeys(Availability availability) {
    this.availability = availability;
  }

  @Override
  public Holder take(String key, JobId job, String body, Instant now, Instant expires) {
    availability.check();
    Taken own = new Taken(new Holder(job, body, false), expires);
    return keys.merge(key, own, (old, taker) -> old.isExpired(now) ? taker : old).holder();
  }

  @Override
  public void stored(Map<String, JobId> jobs) {
    availability.check();
    jobs.forEach((key, job) -> keys.computeIfPresent(key, (_, taken) -> taken.storedIf(job)));
  }

  @Override
  public long deleteExpired(Instant now, int limit) {
    availability.check();
    List<Map.Entry<String, Taken>> expired =
        keys.entrySet().stream().filter(e -> e.getValue().isExpired(now)).limit(limit).toList();
    return expired.stream().filter(e -> keys.remove(e.getKey(), e.getValue())).count();
  }

  private record Taken(Holder holder, Instant expires) {
    Taken storedIf(JobId job) {
      return holder.job().equals(job)
          ? new Taken(new Holder(job, holder.body(), true), expires)
          : this;
    }

    boolean isExpired(Instant now) {
      return !expires.isAfter(now);
    }
  }
}
