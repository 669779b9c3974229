package io.mrq.worker;

import io.mrq.job.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a worker in one line.
 *
 * @param name for people; may be empty
 * @param queues that it serves, as it was told; to a Python worker a name that ends in a slash
 *     stands for all that begin so, and {@code x_reverse} for {@code x}
 * @param slots how many jobs it runs at once; 0 when it does not say, as Python workers do not
 * @param busy how many it runs now, as of its last report
 * @param seen its last report or beat; null when it has none
 * @param beats whether it has a beat by which it is judged; Python workers have none
 * @param gone whether it has stopped, or is marked lost
 * @param leaving whether it takes no more jobs, because it was asked to drain or is stopping
 */
public record WorkerSummary(
    WorkerId id,
    String name,
    List<String> queues,
    int slots,
    int busy,
    @Nullable Instant seen,
    boolean beats,
    boolean gone,
    boolean leaving) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

  /** Longer than some beats, which come each second. */
  private static final Duration BEAT_MISSED = Duration.ofSeconds(10);

  /** Python workers report every 10 s, and not at all while a task keeps the processor. */
  private static final Duration REPORT_MISSED = Duration.ofSeconds(60);

  /** Statuses of a worker that will take no job any more. */
  private static final Set<String> STOPPING = Set.of("join", "killing");

  /** Statuses of a worker that has ended. */
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
    int running = document.get("jobs") instanceof Collection<?> jobs ? jobs.size() : 0;
    double used = document.get("usage_avg") instanceof Number share ? share.doubleValue() : 0;
    return Optional.of(
        new WorkerSummary(
            new WorkerId(hex),
            document.get("name") instanceof String name ? name : "",
            config.get("queues") instanceof Collection<?> queues
                ? queues.stream().map(String::valueOf).toList()
                : List.of(),
            slots,
            slots == 0 ? running : (int) Math.round(used * slots),
            document.get("datereported") instanceof Instant date ? date : null,
            document.containsKey("beat"),
            isLost(document) || hasStatus(document, GONE),
            Boolean.TRUE.equals(document.get("drain")) || hasStatus(document, STOPPING)));
  }

  /** One without a beat that reports after it was marked lost is a Python worker, and lives. */
  private static boolean isLost(Map<String, @Nullable Object> document) {
    return document.containsKey("lost")
        && (document.containsKey("beat")
            || Objects.equals(document.get("datelost"), document.get("datereported")));
  }

  private static boolean hasStatus(Map<String, @Nullable Object> document, Set<String> any) {
    return document.get("status") instanceof String status && any.contains(status);
  }

  /** Whether it has said nothing for longer than a living worker is silent. */
  public boolean isSilent(Instant now) {
    return seen != null && seen.isBefore(now.minus(beats ? BEAT_MISSED : REPORT_MISSED));
  }

  /** Whether this queue is one of its queues, even when it takes no jobs now. */
  public boolean serves(String queue) {
    return queues.contains(queue)
        || (!beats && queues.stream().anyMatch(own -> covers(own, queue)));
  }

  /** What the names of queues mean to Python's workers. */
  private static boolean covers(String own, String queue) {
    return own.endsWith("/") ? queue.startsWith(own) : own.equals(queue + "_reverse");
  }
}
