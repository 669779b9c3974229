package io.mrq.task;

import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was read of a {@link TaskStore}, and when it is read again. */
final class TaskMemory {
  /** When the memory is older, the next question renews it in the background. */
  static final Duration FRESH = Duration.ofSeconds(10);

  /** When the memory is older, the next question waits until it is renewed. */
  private static final Duration STALE = Duration.ofMinutes(1);

  /** How soon a read that failed is repeated. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** How soon the first read is repeated, for which callers wait. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(TaskMemory.class);

  private final TaskStore store;
  private final LongSupplier nanos;
  private final Executor background;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile Snapshot snapshot = new Snapshot(List.of(), Map.of(), 0, false);
  private volatile boolean failed;
  private volatile long failedAt;

  TaskMemory(TaskStore store, LongSupplier nanos, Executor background) {
    this.store = store;
    this.nanos = nanos;
    this.background = background;
  }

  /**
   * What was read at one moment.
   *
   * @param read whether anything was read yet
   * @param found settings that were computed of it, by path
   */
  record Snapshot(
      List<TaskRelease> releases,
      Map<String, TaskOverride> overrides,
      long readAt,
      boolean read,
      Map<String, Optional<LayeredSettings>> found) {
    Snapshot(
        List<TaskRelease> releases,
        Map<String, TaskOverride> overrides,
        long readAt,
        boolean read) {
      this(releases, overrides, readAt, read, new ConcurrentHashMap<>());
    }
  }

  /**
   * What is known; waits for a read when nothing is known yet, or it is stale.
   *
   * @throws StoreUnavailableException before the first read: nobody can say then where a job
   *     belongs
   */
  Snapshot current() {
    Snapshot now = snapshot;
    if (!now.read || isOlder(now, STALE)) {
      readOnce(now);
    } else if (isOlder(now, FRESH)) {
      renewLater();
    }
    return snapshot;
  }

  private void readOnce(Snapshot before) {
    reading.lock();
    try {
      if (snapshot == before && mayTry()) {
        tryRead();
      }
      if (!snapshot.read) {
        throw new StoreUnavailableException(
            "MongoDB did not answer while reading which tasks workers know", null);
      }
    } finally {
      reading.unlock();
    }
  }

  /** What is known, without waiting. */
  Snapshot latest() {
    Snapshot now = snapshot;
    if (!now.read || isOlder(now, FRESH)) {
      renewLater();
    }
    return now;
  }

  /** Reads everything now. */
  void renew() {
    reading.lock();
    try {
      read();
    } finally {
      reading.unlock();
    }
  }

  private void renewLater() {
    if (mayTry() && renewing.compareAndSet(false, true)) {
      background.execute(() -> {
        reading.lock();
        try {
          tryRead();
        } finally {
          reading.unlock();
          renewing.set(false);
        }
      });
    }
  }

  private boolean isOlder(Snapshot known, Duration age) {
    return nanos.getAsLong() - known.readAt >= age.toNanos();
  }

  private boolean mayTry() {
    Duration wait = snapshot.read ? RETRY : FIRST_RETRY;
    return !failed || nanos.getAsLong() - failedAt >= wait.toNanos();
  }

  private void tryRead() {
    try {
      read();
    } catch (StoreUnavailableException e) {
      failedAt = nanos.getAsLong();
      failed = true;
      log.debug("what others tell of their tasks could not be read: {}", e.getMessage());
    }
  }

  /** A release never changes, so only new ones are read with their tasks. */
  private void read() {
    Map<String, TaskRelease> loaded = new HashMap<>();
    snapshot.releases.forEach(release -> loaded.put(release.id(), release));
    List<TaskRelease> all = store.releases();
    List<String> absent =
        all.stream().map(TaskRelease::id).filter(id -> !loaded.containsKey(id)).toList();
    if (!absent.isEmpty()) {
      store.load(absent).forEach(release -> loaded.put(release.id(), release));
    }
    List<TaskRelease> releases =
        all.stream()
            .map(release -> withTasks(release, loaded.get(release.id())))
            .flatMap(Optional::stream)
            .toList();
    Map<String, TaskOverride> overrides =
        store.overrides().stream().collect(Collectors.toMap(TaskOverride::path, o -> o));
    snapshot = new Snapshot(releases, overrides, nanos.getAsLong(), true);
    failed = false;
  }

  private static Optional<TaskRelease> withTasks(
      TaskRelease release, @Nullable TaskRelease loaded) {
    return loaded == null
        ? Optional.empty()
        : Optional.of(loaded.seen(release.since(), release.seen()));
  }
}
