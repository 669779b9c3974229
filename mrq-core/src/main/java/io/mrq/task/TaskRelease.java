package io.mrq.task;

import io.mrq.hash.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of one version of an application, as its workers run them. All workers with the same
 * tasks and settings publish the same release: its id is made of its content, which never changes.
 *
 * @param id 24 hex digits
 * @param application the name of the application; may be empty
 * @param version of the application; may be empty
 * @param tasks by path
 * @param since when it was first published
 * @param seen when a worker was last known to have it, within {@link #RENEWED}
 */
public record TaskRelease(
    String id,
    String application,
    String version,
    List<PublishedTask> tasks,
    Instant since,
    Instant seen) {
  /** How often workers renew {@code seen}. */
  public static final Duration RENEWED = Duration.ofMinutes(1);

  /** A release that no worker has renewed for so long has no living worker. */
  public static final Duration LIVES = Duration.ofMinutes(3);

  /** How long a release without a worker is kept. */
  public static final Duration KEPT = Duration.ofDays(30);

  public TaskRelease {
    tasks = List.copyOf(tasks);
  }

  /** Returns the release of these tasks, which begins now. */
  public static TaskRelease of(
      String application, String version, List<PublishedTask> tasks, Instant now) {
    List<PublishedTask> sorted =
        tasks.stream().sorted(Comparator.comparing(PublishedTask::path)).toList();
    StringBuilder content = new StringBuilder(application).append('\0').append(version);
    for (PublishedTask task : sorted) {
      content.append('\0').append(task);
    }
    String id = Sha256.hex(content.toString()).substring(0, 24);
    return new TaskRelease(id, application, version, sorted, now, now);
  }

  /** Returns this release with other dates. */
  public TaskRelease seen(Instant first, Instant last) {
    return new TaskRelease(id, application, version, tasks, first, last);
  }

  /** Whether a worker that has it may be alive. */
  public boolean isAlive(Instant now) {
    return seen.isAfter(now.minus(LIVES));
  }

  /** Returns the task of this path, or nothing when the release lacks it. */
  public Optional<PublishedTask> find(String path) {
    return tasks.stream().filter(task -> task.path().equals(path)).findFirst();
  }
}
