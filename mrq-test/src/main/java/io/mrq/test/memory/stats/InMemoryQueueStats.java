package io.mrq.test.memory.stats;

import io.mrq.stats.QueueCount;
import io.mrq.stats.QueueSample;
import io.mrq.stats.QueueStats;
import io.mrq.test.memory.job.Availability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Counts of queues in memory. */
public final class InMemoryQueueStats implements QueueStats {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Availability availability;
  private final ConcurrentSkipListMap<Instant, List<QueueCount>> samples =
      new ConcurrentSkipListMap<>();
  private final Map<Instant, Duration> durations = new ConcurrentHashMap<>();
  private final Set<Instant> begun = ConcurrentHashMap.newKeySet();

  public InMemoryQueueStats(Availability availability) {
    this.availability = availability;
  }

  @Override
  public boolean begin(Instant now) {
    availability.check();
    return begun.stream().noneMatch(at -> QueueStats.holdsUp(at, durations.get(at), now))
        && begun.add(QueueStats.periodOf(now));
  }

  @Override
  public void record(List<QueueCount> counts, Instant at, Duration took) {
    availability.check();
    Instant period = QueueStats.periodOf(at);
    samples.put(period, List.copyOf(counts));
    durations.put(period, took);
    begun.add(period);
  }

  @Override
  public void failed(Instant at, Duration took) {
    availability.check();
    durations.putIfAbsent(QueueStats.periodOf(at), took);
  }

  @Override
  public Optional<QueueSample> sample(Instant now) {
    availability.check();
    Map.Entry<Instant, List<QueueCount>> newest = samples.lastEntry();
    return newest == null || newest.getKey().isBefore(now.minus(FRESH))
        ? Optional.empty()
        : Optional.of(new QueueSample(newest.getKey(), newest.getValue()));
  }

  @Override
  public long deleteOlder(Instant before, int limit) {
    availability.check();
    List<Instant> old = samples.headMap(before).keySet().stream().limit(limit).toList();
    return old.stream().filter(at -> samples.remove(at) != null).count();
  }
}
