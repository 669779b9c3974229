package io.mrq.mongo.task;

import io.mrq.mongo.document.FieldReader;
import io.mrq.task.LayeredSettings;
import io.mrq.task.PublishedTask;
import io.mrq.task.SettingOrigin;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskSetting;
import io.mrq.task.TaskSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The document of a release: {@code {_id, application, version, since, seen, tasks: [{path,
 * description, settings: {…}, origins: {…}, params, search_keys}]}}. Settings and origins are under
 * the names of {@link TaskSetting}. The schema of the params is a JSON text, since its names may
 * begin with a dollar sign.
 */
final class ReleaseDocuments {
  static final String ID = "_id";
  static final String APPLICATION = "application";
  static final String VERSION = "version";
  static final String SINCE = "since";
  static final String SEEN = "seen";
  static final String TASKS = "tasks";
  private static final String PATH = "path";
  private static final String DESCRIPTION = "description";
  private static final String SETTINGS = "settings";
  private static final String ORIGINS = "origins";
  private static final String PARAMS = "params";
  private static final String SEARCH_KEYS = "search_keys";

  private ReleaseDocuments() {}

  /** The fields that never change. */
  static Map<String, @Nullable Object> content(TaskRelease release) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(APPLICATION, release.application());
    fields.put(VERSION, release.version());
    fields.put(SINCE, release.since());
    fields.put(TASKS, release.tasks().stream().map(ReleaseDocuments::of).toList());
    return fields;
  }

  private static Map<String, @Nullable Object> of(PublishedTask task) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(PATH, task.path());
    fields.put(DESCRIPTION, task.description());
    Map<String, Object> settings = new LinkedHashMap<>();
    Map<String, Object> origins = new LinkedHashMap<>();
    for (TaskSetting setting : TaskSetting.values()) {
      settings.put(setting.text(), setting.of(task.settings().settings()));
      SettingOrigin origin =
          Objects.requireNonNull(task.settings().origins().get(setting), "every setting has one");
      if (origin != SettingOrigin.DEFAULT) {
        origins.put(setting.text(), origin.text());
      }
    }
    fields.put(SETTINGS, settings);
    fields.put(ORIGINS, origins);
    fields.put(PARAMS, task.paramsSchema());
    fields.put(SEARCH_KEYS, task.searchKeys());
    fields.values().removeIf(Objects::isNull);
    return fields;
  }

  /** The release of a document, which may lack its tasks; nothing when it has no dates. */
  static Optional<TaskRelease> release(Map<String, @Nullable Object> document) {
    FieldReader fields = new FieldReader(document);
    String id = fields.text(ID);
    Instant since = fields.date(SINCE);
    Instant seen = fields.date(SEEN);
    if (id == null || since == null || seen == null) {
      return Optional.empty();
    }
    List<PublishedTask> tasks = new ArrayList<>();
    for (Object task : fields.list(TASKS)) {
      FieldReader published = FieldReader.of(task);
      if (published != null) {
        task(published).ifPresent(tasks::add);
      }
    }
    return Optional.of(
        new TaskRelease(
            id,
            Objects.requireNonNullElse(fields.text(APPLICATION), ""),
            Objects.requireNonNullElse(fields.text(VERSION), ""),
            tasks,
            since,
            seen));
  }

  private static Optional<PublishedTask> task(FieldReader fields) {
    String path = fields.text(PATH);
    return path == null
        ? Optional.empty()
        : Optional.of(
            new PublishedTask(
                path,
                Objects.requireNonNullElse(fields.text(DESCRIPTION), ""),
                settings(fields.map(SETTINGS), fields.map(ORIGINS)),
                fields.text(PARAMS),
                fields.list(SEARCH_KEYS).stream().map(String::valueOf).toList()));
  }

  /** A setting that is missing or cannot be read, as another version wrote it, has its default. */
  private static LayeredSettings settings(Map<?, ?> values, Map<?, ?> names) {
    TaskSettings settings = TaskSettings.DEFAULT;
    Map<TaskSetting, SettingOrigin> origins = new EnumMap<>(TaskSetting.class);
    for (TaskSetting setting : TaskSetting.values()) {
      Object value = values.get(setting.text());
      if (value != null) {
        try {
          settings = setting.set(settings, value);
          if (names.get(setting.text()) instanceof String origin) {
            origins.put(setting, SettingOrigin.ofText(origin));
          }
        } catch (IllegalArgumentException _) {
          // The default stays.
        }
      }
    }
    return new LayeredSettings(settings, origins);
  }
}
