package io.mrq.test.memory.task;

import io.mrq.task.TaskOverride;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskSetting;
import io.mrq.task.TaskStore;
import io.mrq.test.memory.job.Availability;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Releases and overrides in memory. */
public final class InMemoryTaskStore implements TaskStore {
  private final Availability availability;
  private final ConcurrentHashMap<String, TaskRelease> releases = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, TaskOverride> overrides =
      new ConcurrentSkipListMap<>();

  public InMemoryTaskStore(Availability availability) {
    this.availability = availability;
  }

  @Override
  public void publish(TaskRelease release) {
    availability.check();
    releases.merge(
        release.id(),
        release,
        (stored, again) ->
            stored.seen().isBefore(again.seen())
                ? stored.seen(stored.since(), again.seen())
                : stored);
  }

  @Override
  public boolean renew(String id, Instant now, Instant ifBefore) {
    availability.check();
    return releases.computeIfPresent(
            id,
            (_, stored) ->
                stored.seen().isBefore(ifBefore) ? stored.seen(stored.since(), now) : stored)
        != null;
  }

  @Override
  public List<TaskRelease> releases() {
    availability.check();
    return releases.values().stream()
        .sorted(Comparator.comparing(TaskRelease::since).thenComparing(TaskRelease::id))
        .map(r ->
            new TaskRelease(r.id(), r.application(), r.version(), List.of(), r.since(), r.seen()))
        .toList();
  }

  @Override
  public List<TaskRelease> load(Collection<String> ids) {
    availability.check();
    return ids.stream()
        .map(releases::get)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(TaskRelease::since).thenComparing(TaskRelease::id))
        .toList();
  }

  @Override
  public List<TaskOverride> overrides() {
    availability.check();
    return overrides.values().stream().filter(o -> !o.settings().isEmpty()).toList();
  }

  @Override
  public void override(
      String path,
      Map<TaskSetting, Object> set,
      Collection<TaskSetting> reset,
      String who,
      Instant now) {
    availability.check();
    overrides.compute(
        path,
        (_, stored) -> {
          Map<TaskSetting, Object> settings = new EnumMap<>(TaskSetting.class);
          if (stored != null) {
            settings.putAll(stored.settings());
          }
          settings.putAll(set);
          settings.keySet().removeAll(reset);
          return new TaskOverride(path, settings, who, now);
        });
  }

  @Override
  public long deleteUnseen(Instant before, int limit) {
    availability.check();
    List<String> old =
        releases.values().stream()
            .filter(release -> release.seen().isBefore(before))
            .map(TaskRelease::id)
            .limit(limit)
            .toList();
    old.forEach(releases::remove);
    return old.size();
  }
}
