package io.mrq.test.memory.stats;

import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import io.mrq.test.memory.job.Availability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Rates of jobs in memory. */
public final class InMemoryJobRates implements JobRates {
  private final Availability availability;
  private final ConcurrentSkipListMap<Span, JobCounts> counts =
      new ConcurrentSkipListMap<>(Comparator.comparing(Span::at).thenComparing(Span::queue));

  private record Span(Instant at, String queue) {}

  public InMemoryJobRates(Availability availability) {
    this.availability = availability;
  }

  @Override
  public void add(Collection<JobRate> counted) {
    availability.check();
    counted.forEach(
        rate -> counts.merge(new Span(rate.at(), rate.queue()), rate.counts(), JobCounts::plus));
  }

  @Override
  public List<JobRate> since(Instant from) {
    availability.check();
    List<JobRate> found = new ArrayList<>();
    for (Map.Entry<Span, JobCounts> entry : counts.tailMap(new Span(from, "")).entrySet()) {
      found.add(new JobRate(entry.getKey().at(), entry.getKey().queue(), entry.getValue()));
    }
    return found;
  }

  @Override
  public SortedMap<Instant, JobCounts> totals(Instant from) {
    SortedMap<Instant, JobCounts> totals = new TreeMap<>();
    since(from).forEach(rate -> totals.merge(rate.at(), rate.counts(), JobCounts::plus));
    return totals;
  }

  @Override
  public long deleteOlder(Instant before, int limit) {
    availability.check();
    List<Span> old = counts.headMap(new Span(before, "")).keySet().stream().limit(limit).toList();
    return old.stream().filter(span -> counts.remove(span) != null).count();
  }
}
