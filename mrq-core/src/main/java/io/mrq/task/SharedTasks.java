package io.mrq.task;

import io.mrq.task.TaskMemory.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue of every task that some worker knows, with the overrides of administrators. It
 * answers from memory and reads {@code mrq_tasks} when it is asked and its memory is {@link #FRESH}
 * old: so it costs no read a job, and none while nobody asks. What it answers is about 10 s old at
 * the most while it is in use. Its first answer, and the first after a minute without a question,
 * waits for the read.
 *
 * <p>While the store does not answer, the last memory counts. Before the first read, methods throw
 * {@link io.mrq.store.StoreUnavailableException}.
 */
public final class SharedTasks implements TaskCatalog {
  /** When its memory is older, the next question renews it in the background. */
  public static final Duration FRESH = TaskMemory.FRESH;

  private static final Logger log = LoggerFactory.getLogger(SharedTasks.class);

  private final TaskMemory memory;
  private final Function<String, Optional<LayeredSettings>> local;
  private final Function<String, Map<TaskSetting, Object>> properties;
  private final LayeredSettings defaults;
  private final InstantSource clock;

  /**
   * Makes a catalogue that has read nothing yet.
   *
   * @param local settings of the tasks of this process, which win over those that were published
   * @param properties settings that this process has for tasks of others
   * @param defaults of an unknown task
   * @param nanos monotonic clock
   * @param background runs reads for which nobody waits
   */
  public SharedTasks(
      TaskStore store,
      Function<String, Optional<LayeredSettings>> local,
      Function<String, Map<TaskSetting, Object>> properties,
      TaskSettings defaults,
      InstantSource clock,
      LongSupplier nanos,
      Executor background) {
    this.memory = new TaskMemory(store, nanos, background);
    this.local = local;
    this.properties = properties;
    this.defaults = LayeredSettings.defaults(defaults);
    this.clock = clock;
  }

  @Override
  public Optional<TaskSettings> find(String path) {
    return layers(path).map(LayeredSettings::settings);
  }

  @Override
  public TaskSettings settings(String path) {
    return layers(path).orElse(defaults).settings();
  }

  /**
   * Returns the settings of a task and who has set each: those of this process if it has the task,
   * else those of the newest release with living workers, else those of the one seen last. Nothing
   * when nobody knows the task and nobody has set anything for it.
   */
  public Optional<LayeredSettings> layers(String path) {
    Snapshot now = memory.current();
    // Paths come from outside and are endless: only those that somebody has published are kept.
    Optional<LayeredSettings> known = now.found().get(path);
    if (known != null) {
      return known;
    }
    Optional<LayeredSettings> found = compute(now, path);
    found.ifPresent(_ -> now.found().put(path, found));
    return found;
  }

  private Optional<LayeredSettings> compute(Snapshot now, String path) {
    Optional<LayeredSettings> own = local.apply(path);
    Optional<LayeredSettings> base =
        own.isPresent()
            ? own
            : newest(now.releases(), path, clock.instant()).map(PublishedTask::settings);
    Map<TaskSetting, Object> set = own.isPresent() ? Map.of() : properties.apply(path);
    TaskOverride override = now.overrides().get(path);
    if (base.isEmpty() && override == null && set.isEmpty()) {
      return Optional.empty();
    }
    LayeredSettings layers = base.orElse(defaults).with(SettingOrigin.PROPERTY, set);
    return Optional.of(override == null ? layers : over(layers, override));
  }

  /** Returns the task as it is described by the newest living release, or the one seen last. */
  public Optional<PublishedTask> describe(String path) {
    return newest(memory.current().releases(), path, clock.instant());
  }

  private static Optional<PublishedTask> newest(
      List<TaskRelease> releases, String path, Instant now) {
    return releases.stream()
        .filter(release -> release.find(path).isPresent())
        .max(
            Comparator.<TaskRelease, Boolean>comparing(release -> release.isAlive(now))
                .thenComparing(release -> release.isAlive(now) ? release.since() : release.seen()))
        .flatMap(release -> release.find(path));
  }

  /**
   * Returns the schema of the params of a task as a JSON text. Nothing when it is not known, or
   * when releases with living workers do not agree on it: nobody knows which of them will run a
   * job.
   */
  public Optional<String> agreedSchema(String path) {
    Instant now = clock.instant();
    List<PublishedTask> living =
        memory.current().releases().stream()
            .filter(release -> release.isAlive(now))
            .map(release -> release.find(path))
            .flatMap(Optional::stream)
            .toList();
    if (living.isEmpty()) {
      return Optional.empty();
    }
    String first = living.getFirst().paramsSchema();
    return living.stream().allMatch(task -> first != null && first.equals(task.paramsSchema()))
        ? Optional.ofNullable(first)
        : Optional.empty();
  }

  /** Returns all releases with their tasks, the first published first. */
  public List<TaskRelease> releases() {
    return memory.current().releases();
  }

  /** Returns the override of a task, or nothing when nobody has made one. */
  public Optional<TaskOverride> override(String path) {
    return Optional.ofNullable(memory.current().overrides().get(path));
  }

  /** Returns the paths of all tasks that somebody has published or set, sorted. */
  public Set<String> paths() {
    Snapshot now = memory.current();
    Set<String> paths = new TreeSet<>(now.overrides().keySet());
    now.releases().forEach(release -> release.tasks().forEach(task -> paths.add(task.path())));
    return paths;
  }

  /**
   * Returns the overrides by path, as they are known now: the same map until they were read again.
   * It never waits for the store.
   */
  public Map<String, TaskOverride> overrides() {
    return memory.latest().overrides();
  }

  /** Returns these settings with the override of their task over them. */
  public static TaskSettings over(TaskSettings settings, TaskOverride override) {
    return over(LayeredSettings.defaults(settings), override).settings();
  }

  /** An override that this version cannot read, since a later one wrote it, changes nothing. */
  private static LayeredSettings over(LayeredSettings layers, TaskOverride override) {
    try {
      return layers.with(SettingOrigin.OVERRIDE, override.settings());
    } catch (IllegalArgumentException e) {
      log.warn(
          "the settings that {} gave the task '{}' are not used: {}",
          override.who(),
          override.path(),
          e.getMessage());
      return layers;
    }
  }

  /**
   * Reads everything now, so that the next answers know what was changed before.
   *
   * @throws io.mrq.store.StoreUnavailableException when the store does not answer
   */
  public void renew() {
    memory.renew();
  }
}
