package io.mrq.store;

import io.mrq.job.WorkerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a worker in one line.
 *
 * @param name for people; may be empty
 * @param queues that it serves, as it was told; a name that ends in a slash stands for all that
 *     begin so
 * @param slots how many jobs it runs at once; 0 when it does not say
 * @param busy how many it runs now, as of its last report
 * @param seen its last report or beat; null when it has none
 * @param beats whether it has a beat by which it is judged; Python workers have none
 * @param gone whether it has stopped, or is marked lost
 */
public record WorkerSummary(
    WorkerId id,
    String name,
    List<String> queues,
    int slots,
    int busy,
    @Nullable Instant seen,
    boolean beats,
    boolean gone) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

  /** Statuses of a worker that has ended (WRK-01). */
  private static final Set<String> GONE = Set.of("stop", "kill");

  public WorkerSummary {
    queues = List.copyOf(queues);
  }

  /** Of a document in plain values; nothing when its id is none that a worker can have. */
  public static Optional<WorkerSummary> of(Map<String, @Nullable Object> document) {
    if (!(document.get("id") instanceof String hex) || !ID.matcher(hex).matches()) {
      return Optional.empty();
    }
    Map<?, ?> config = document.get("config") instanceof Map<?, ?> map ? map : Map.of();
    int slots = config.get("greenlets") instanceof Number number ? number.intValue() : 0;
    double used = document.get("usage_avg") instanceof Number share ? share.doubleValue() : 0;
    return Optional.of(
        new WorkerSummary(
            new WorkerId(hex),
            document.get("name") instanceof String name ? name : "",
            config.get("queues") instanceof Collection<?> queues
                ? queues.stream().map(String::valueOf).toList()
                : List.of(),
            slots,
            (int) Math.round(used * slots),
            document.get("datereported") instanceof Instant date ? date : null,
            document.containsKey("beat"),
            document.containsKey("lost")
                || (document.get("status") instanceof String status && GONE.contains(status))));
  }

  /** Whether it takes jobs of this queue. */
  public boolean serves(String queue) {
    return queues.stream()
        .anyMatch(own -> own.equals(queue) || (own.endsWith("/") && queue.startsWith(own)));
  }
}
