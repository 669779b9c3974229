package io.mrq.task;

import io.mrq.job.Retention;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored form of {@link TaskSettings}: which field holds what. */
final class TaskSettingsFields {
  private static final String QUEUE = "queue";
  private static final String TIMEOUT = "timeout";
  private static final String MAX_RETRIES = "max_retries";
  private static final String BACK_OFF = "back_off";
  private static final String INITIAL = "initial";
  private static final String MULTIPLIER = "multiplier";
  private static final String MAX = "max";
  private static final String RETENTION = "retention";
  private static final String SUCCESS = "success";
  private static final String ABORT = "abort";
  private static final String CANCEL = "cancel";
  private static final String OTHER = "other";
  private static final String RETRY_ON = "retry_on";
  private static final String THREADS = "threads";

  private final Map<?, ?> values;

  private TaskSettingsFields(Map<?, ?> values) {
    this.values = values;
  }

  static Map<String, Object> write(TaskSettings settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(QUEUE, settings.queue());
    values.put(TIMEOUT, settings.timeout().toString());
    values.put(MAX_RETRIES, settings.maxRetries());
    BackOff backOff = settings.backOff();
    // Equal settings have equal documents, so the fields have an order.
    Map<String, Object> delays = new LinkedHashMap<>();
    delays.put(INITIAL, backOff.initial().toString());
    delays.put(MULTIPLIER, backOff.multiplier());
    delays.put(MAX, backOff.max().toString());
    values.put(BACK_OFF, delays);
    Retention retention = settings.retention();
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put(SUCCESS, retention.success().toString());
    kept.put(ABORT, retention.abort().toString());
    kept.put(CANCEL, retention.cancel().toString());
    kept.put(OTHER, retention.other().toString());
    values.put(RETENTION, kept);
    values.put(RETRY_ON, settings.retryOn());
    values.put(THREADS, settings.threads().name().toLowerCase(Locale.ROOT));
    return values;
  }

  static TaskSettings read(Map<?, ?> values) {
    TaskSettings defaults = TaskSettings.DEFAULT;
    TaskSettingsFields fields = new TaskSettingsFields(values);
    return new TaskSettings(
        fields.text(QUEUE, defaults.queue()),
        fields.duration(TIMEOUT, defaults.timeout()),
        fields.number(MAX_RETRIES, defaults.maxRetries()).intValue(),
        fields.group(BACK_OFF).backOff(defaults.backOff()),
        fields.group(RETENTION).retention(defaults.retention()),
        fields.texts(RETRY_ON, defaults.retryOn()),
        fields.threads(defaults.threads()));
  }

  private BackOff backOff(BackOff defaults) {
    return new BackOff(
        duration(INITIAL, defaults.initial()),
        number(MULTIPLIER, defaults.multiplier()).doubleValue(),
        duration(MAX, defaults.max()));
  }

  private Retention retention(Retention defaults) {
    return new Retention(
        duration(SUCCESS, defaults.success()),
        duration(ABORT, defaults.abort()),
        duration(CANCEL, defaults.cancel()),
        duration(OTHER, defaults.other()));
  }

  private TaskThreads threads(TaskThreads otherwise) {
    String text = text(THREADS, otherwise.name());
    try {
      return TaskThreads.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw unreadable(THREADS, text);
    }
  }

  private String text(String field, String otherwise) {
    return switch (values.get(field)) {
      case null -> otherwise;
      case String text -> text;
      case Object other -> throw unreadable(field, other);
    };
  }

  private Number number(String field, Number otherwise) {
    return switch (values.get(field)) {
      case null -> otherwise;
      case Number number -> number;
      case Object other -> throw unreadable(field, other);
    };
  }

  private Duration duration(String field, Duration otherwise) {
    String text = text(field, otherwise.toString());
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw unreadable(field, text);
    }
  }

  private List<String> texts(String field, List<String> otherwise) {
    return switch (values.get(field)) {
      case null -> otherwise;
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case Object other -> throw unreadable(field, other);
    };
  }

  private TaskSettingsFields group(String field) {
    return switch (values.get(field)) {
      case null -> new TaskSettingsFields(Map.of());
      case Map<?, ?> group -> new TaskSettingsFields(group);
      case Object other -> throw unreadable(field, other);
    };
  }

  private static IllegalArgumentException unreadable(String field, @Nullable Object value) {
    return new IllegalArgumentException(
        "the field '%s' of a task's settings cannot be read: '%s'".formatted(field, value));
  }
}
