package io.mrq.autoconfigure.task;

import io.mrq.autoconfigure.lifecycle.LoopLifecycle;
import io.mrq.task.LayeredSettings;
import io.mrq.task.PublishedTask;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells other processes of the tasks that the worker of this process runs: once when it starts, and
 * then by a date that it renews once a minute.
 */
public final class TaskPublisher extends LoopLifecycle {
  private static final Duration NOTHING_TO_TELL = Duration.ofHours(1);

  private final TaskStore store;
  private final TaskRegistry tasks;
  private final @Nullable TaskSearch search;
  private final String application;
  private final String version;
  private final InstantSource clock;
  private final ReentrantLock making = new ReentrantLock();
  private @Nullable TaskRelease release;
  private boolean published;

  /**
   * Creates a publisher.
   *
   * @param tasks those that the worker runs
   * @param search where they were found; null for an application with a registry of its own
   * @param application its name; may be empty
   * @param version of the application; may be empty
   */
  TaskPublisher(
      TaskStore store,
      TaskRegistry tasks,
      @Nullable TaskSearch search,
      String application,
      String version,
      InstantSource clock) {
    super("mrq-tasks");
    this.store = store;
    this.tasks = tasks;
    this.search = search;
    this.application = application;
    this.version = version;
    this.clock = clock;
  }

  /** The id of the release; empty when there are no tasks. */
  public String releaseId() {
    return tasks.paths().isEmpty() ? "" : release().id();
  }

  /** The loop and the heartbeat of the worker ask at the same time; the schemas are made once. */
  private TaskRelease release() {
    making.lock();
    try {
      TaskRelease known = release;
      if (known == null) {
        List<PublishedTask> all = new ArrayList<>();
        tasks.paths().forEach(path -> all.add(published(path)));
        known = TaskRelease.of(application, version, all, clock.instant());
        release = known;
      }
      return known;
    } finally {
      making.unlock();
    }
  }

  private PublishedTask published(String path) {
    if (search != null && search.find(path).isPresent()) {
      return search.find(path).get().published();
    }
    TaskDefinition own = tasks.find(path).orElseThrow();
    return new PublishedTask(
        path, "", LayeredSettings.DEFAULT.ofCode(own.settings()), null, List.of());
  }

  @Override
  protected Duration step() {
    if (tasks.paths().isEmpty()) {
      return NOTHING_TO_TELL;
    }
    TaskRelease ours = release();
    Instant now = clock.instant();
    if (!published || !store.renew(ours.id(), now, now.minus(TaskRelease.RENEWED.dividedBy(2)))) {
      store.publish(ours.seen(published ? now : ours.since(), now));
      published = true;
    }
    return TaskRelease.RENEWED;
  }
}
