package io.mrq.api.task;

import io.mrq.api.json.JsonValues;
import io.mrq.queue.ParkedTask;
import io.mrq.task.LayeredSettings;
import io.mrq.task.PublishedTask;
import io.mrq.task.SettingOrigin;
import io.mrq.task.TaskOverride;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskSetting;
import io.mrq.worker.WorkerSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is known of one task.
 *
 * @param path of the task
 * @param task as a worker has published it last; null when no worker did
 * @param layers settings that hold; null when nobody has set any
 * @param override by an administrator; null: none
 * @param releases that have the task, the first published first
 * @param workers living ones that know it
 * @param parked where jobs of it wait for a worker that knows it
 */
record KnownTask(
    String path,
    @Nullable PublishedTask task,
    @Nullable LayeredSettings layers,
    @Nullable TaskOverride override,
    List<TaskRelease> releases,
    List<WorkerSummary> workers,
    List<ParkedTask> parked) {
  private static final JsonMapper JSON = new JsonMapper();

  /** For a list. */
  Map<String, @Nullable Object> summary() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("path", path);
    json.put("description", task == null ? "" : task.description());
    json.put("queue", layers == null ? null : layers.settings().queue());
    json.put("overridden", override != null);
    json.put("applications", applications());
    json.put("workers", workers.size());
    seen().ifPresent(date -> json.put("seen", JsonValues.date(date)));
    json.put("parked", parked.stream().mapToLong(ParkedTask::waiting).sum());
    return json;
  }

  /** The whole of it. */
  Map<String, @Nullable Object> whole(Instant now) {
    Map<String, @Nullable Object> json = summary();
    json.put("settings", settings());
    json.put("params", schema());
    json.put("search_keys", task == null ? List.of() : task.searchKeys());
    json.put("releases", releases.stream().map(release -> json(release, now)).toList());
    json.put(
        "known_by",
        workers.stream()
            .map(worker -> Map.of("id", worker.id().hex(), "name", worker.name()))
            .toList());
    json.put("parked_in", parked.stream().map(KnownTask::json).toList());
    if (override != null) {
      json.put("override", json(override));
    }
    return json;
  }

  private Optional<Instant> seen() {
    return releases.stream().map(TaskRelease::seen).max(Comparator.naturalOrder());
  }

  private List<String> applications() {
    Set<String> names = new LinkedHashSet<>();
    releases.forEach(
        release -> names.add((release.application() + " " + release.version()).strip()));
    names.remove("");
    return new ArrayList<>(names);
  }

  private Map<String, Object> settings() {
    Map<String, Object> json = new LinkedHashMap<>();
    if (layers != null) {
      for (TaskSetting setting : TaskSetting.values()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("value", setting.of(layers.settings()));
        one.put("origin", layers.origins().getOrDefault(setting, SettingOrigin.DEFAULT).text());
        json.put(setting.text(), one);
      }
    }
    return json;
  }

  private @Nullable Object schema() {
    return task == null || task.paramsSchema() == null
        ? null
        : JSON.readValue(task.paramsSchema(), Object.class);
  }

  private static Map<String, Object> json(TaskRelease release, Instant now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", release.id());
    json.put("application", release.application());
    json.put("version", release.version());
    json.put("since", JsonValues.date(release.since()));
    json.put("seen", JsonValues.date(release.seen()));
    json.put("alive", release.isAlive(now));
    return json;
  }

  private static Map<String, Object> json(ParkedTask parked) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", parked.queue());
    json.put("waiting", parked.waiting());
    if (parked.oldest() != null) {
      json.put("oldest", JsonValues.date(parked.oldest()));
    }
    return json;
  }

  private static Map<String, Object> json(TaskOverride override) {
    Map<String, Object> settings = new LinkedHashMap<>();
    override.settings().forEach((setting, value) -> settings.put(setting.text(), value));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("settings", settings);
    json.put("who", override.who());
    json.put("date", JsonValues.date(override.date()));
    return json;
  }
}
