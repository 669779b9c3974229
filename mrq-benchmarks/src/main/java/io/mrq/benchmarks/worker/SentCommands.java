package io.mrq.benchmarks.worker;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many commands a process has sent.
 *
 * @param counts by {@code mongodb.find.mrq_jobs}, {@code redis.EVALSHA} and so on
 */
public record SentCommands(Map<String, Long> counts) {
  public static final String MONGODB = "mongodb.";
  public static final String REDIS = "redis.";

  /** What was sent since an earlier reading. */
  public SentCommands since(SentCommands earlier) {
    Map<String, Long> since = new TreeMap<>(counts);
    earlier.counts.forEach((command, count) -> since.merge(command, -count, Long::sum));
    since.values().removeIf(count -> count == 0);
    return new SentCommands(since);
  }

  /** What two processes sent together. */
  public SentCommands plus(SentCommands other) {
    Map<String, Long> sum = new TreeMap<>(counts);
    other.counts.forEach((command, count) -> sum.merge(command, count, Long::sum));
    return new SentCommands(sum);
  }

  /** How many commands went to one of the stores. */
  public long total(String kind) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().startsWith(kind))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many commands were about jobs themselves; others follow the clock, such as heartbeats. */
  public long aboutJobs() {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().endsWith(".mrq_jobs"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  String text() {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  /** Reads what the link carries. */
  public static SentCommands parse(String text) {
    Map<String, Long> counts = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String word : text.split(" ", -1)) {
        String[] parts = word.split("=", 2);
        counts.put(parts[0], Long.parseLong(parts[1]));
      }
    }
    return new SentCommands(counts);
  }
}
