package io.mrq.worker;

import io.mrq.job.WorkerId;
import io.mrq.queue.QueueSelection;
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
 * What a worker's document says of it, without the jobs that it runs.
 *
 * @param name for people; may be empty
 * @param queues that it serves, in its order
 * @param slots how many jobs it can run at once; 0 for Python's workers, which do not report it
 * @param busy how many jobs it ran at its last report
 * @param seen when it last reported; null if it never did
 * @param beats whether it sends heartbeats, by which it is judged; Python's workers send none
 * @param gone whether it has stopped, or is marked lost
 * @param leaving whether it takes no more jobs, because it was asked to drain or is stopping
 * @param release the id of the release of its tasks, see {@link io.mrq.task.TaskRelease}; may be
 *     empty
 */
public record WorkerSummary(
    WorkerId id,
    String name,
    List<QueueSelection> queues,
    int slots,
    int busy,
    @Nullable Instant seen,
    boolean beats,
    boolean gone,
    boolean leaving,
    String release) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

  /** A worker beats each second and reports every 5 s. */
  private static final Duration BEAT_MISSED = Duration.ofSeconds(10);

  /** Python's workers report every 10 s, but not while a task keeps the processor busy. */
  private static final Duration REPORT_MISSED = Duration.ofSeconds(60);

  /** Statuses of a worker that takes no more jobs. */
  private static final Set<String> STOPPING = Set.of("join", "killing");

  /** Statuses of a worker that has ended. */
  private static final Set<String> GONE = Set.of("stop", "kill");

  public WorkerSummary {
    queues = List.copyOf(queues);
  }

  /**
   * Reads a worker's document.
   *
   * @param document in plain values, with its {@code _id} as text under {@code id}
   * @return empty if the id is not that of a worker
   */
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
            config.get("queues") instanceof Collection<?> names
                ? names.stream().map(String::valueOf).map(QueueSelection::parse).toList()
                : List.of(),
            slots,
            slots == 0 ? running : (int) Math.round(used * slots),
            document.get("datereported") instanceof Instant date ? date : null,
            document.containsKey("beat"),
            isLost(document) || hasStatus(document, GONE),
            Boolean.TRUE.equals(document.get("drain")) || hasStatus(document, STOPPING),
            config.get("release") instanceof String id ? id : ""));
  }

  /** A Python worker that was marked lost and reports after that is alive. */
  private static boolean isLost(Map<String, @Nullable Object> document) {
    return document.containsKey("lost")
        && (document.containsKey("beat")
            || Objects.equals(document.get("datelost"), document.get("datereported")));
  }

  private static boolean hasStatus(Map<String, @Nullable Object> document, Set<String> any) {
    return document.get("status") instanceof String status && any.contains(status);
  }

  /** Whether its last report is older than that of any living worker would be. */
  public boolean isSilent(Instant now) {
    return seen != null && seen.isBefore(now.minus(beats ? BEAT_MISSED : REPORT_MISSED));
  }

  /** Whether it is a worker of this queue, even while it takes no jobs. */
  public boolean serves(String queue) {
    return queues.stream()
        // A worker that beats is one of this project, and serves no other kinds.
        .filter(selection -> !beats || selection instanceof QueueSelection.Servable)
        .anyMatch(selection -> selection.covers(queue));
  }
}
