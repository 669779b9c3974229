package io.mrq.task;

import io.mrq.job.DurationText;
import io.mrq.job.InvalidJobException;
import io.mrq.job.Retention;
import io.mrq.queue.QueueName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One setting of a task. Its value has a plain form, which stores keep and people write: a text, a
 * number or a list of texts; durations are texts such as {@code 30s} or {@code PT30S}.
 */
public enum TaskSetting {
  /** The queue of jobs that name none. */
  QUEUE(
      TaskSetting::queue,
      TaskSettings::queue,
      (settings, value) -> settings.toBuilder().queue((String) value).build()),
  /** The longest time for one run; zero: no limit. */
  TIMEOUT(
      value -> duration(value, true),
      TaskSettings::timeout,
      (settings, value) -> settings.toBuilder().timeout((Duration) value).build()),
  /** How many retries a job has. */
  MAX_RETRIES(
      TaskSetting::count,
      TaskSettings::maxRetries,
      (settings, value) -> settings.toBuilder().maxRetries((Integer) value).build()),
  /** The wait before the first retry. */
  RETRY_DELAY(
      value -> duration(value, true),
      settings -> settings.backOff().initial(),
      (settings, value) ->
          with(
              settings,
              new BackOff(
                  (Duration) value, settings.backOff().multiplier(), settings.backOff().max()))),
  /** By what the wait grows with each retry; at least 1. */
  RETRY_MULTIPLIER(
      TaskSetting::multiplier,
      settings -> settings.backOff().multiplier(),
      (settings, value) ->
          with(
              settings,
              new BackOff(settings.backOff().initial(), (Double) value, settings.backOff().max()))),
  /** The longest wait before a retry. */
  MAX_RETRY_DELAY(
      value -> duration(value, true),
      settings -> settings.backOff().max(),
      (settings, value) ->
          with(
              settings,
              new BackOff(
                  settings.backOff().initial(),
                  settings.backOff().multiplier(),
                  (Duration) value))),
  /** How long a successful job is kept. */
  RESULT_TTL(
      value -> duration(value, false),
      settings -> settings.retention().success(),
      (settings, value) -> {
        Retention kept = settings.retention();
        return with(
            settings, new Retention((Duration) value, kept.abort(), kept.cancel(), kept.other()));
      }),
  /** How long an aborted job is kept. */
  ABORT_TTL(
      value -> duration(value, false),
      settings -> settings.retention().abort(),
      (settings, value) -> {
        Retention kept = settings.retention();
        return with(
            settings, new Retention(kept.success(), (Duration) value, kept.cancel(), kept.other()));
      }),
  /** How long a cancelled job is kept. */
  CANCEL_TTL(
      value -> duration(value, false),
      settings -> settings.retention().cancel(),
      (settings, value) -> {
        Retention kept = settings.retention();
        return with(
            settings, new Retention(kept.success(), kept.abort(), (Duration) value, kept.other()));
      }),
  /** How long a job with any other outcome is kept. */
  DEFAULT_TTL(
      value -> duration(value, false),
      settings -> settings.retention().other(),
      (settings, value) -> {
        Retention kept = settings.retention();
        return with(
            settings, new Retention(kept.success(), kept.abort(), kept.cancel(), (Duration) value));
      }),
  /** Names of the exceptions that ask for a retry. */
  RETRY_ON(
      TaskSetting::texts,
      TaskSettings::retryOn,
      (settings, value) -> settings.toBuilder().retryOn(texts(value)).build()),
  /** The kind of thread of each run. */
  THREADS(
      TaskSetting::threads,
      TaskSettings::threads,
      (settings, value) -> settings.toBuilder().threads((TaskThreads) value).build());

  private final Function<Object, Object> parser;
  private final Function<TaskSettings, Object> getter;
  private final BiFunction<TaskSettings, Object, TaskSettings> setter;

  TaskSetting(
      Function<Object, Object> parser,
      Function<TaskSettings, Object> getter,
      BiFunction<TaskSettings, Object, TaskSettings> setter) {
    this.parser = parser;
    this.getter = getter;
    this.setter = setter;
  }

  /** Returns the name that stores and people see: {@code queue}, {@code max_retries} and so on. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the setting of this name, or nothing when there is none. */
  public static Optional<TaskSetting> ofText(String text) {
    return Arrays.stream(values()).filter(setting -> setting.text().equals(text)).findFirst();
  }

  /** Returns the plain value that settings have here. */
  public Object of(TaskSettings settings) {
    return plain(getter.apply(settings));
  }

  /**
   * Returns the settings with another value here.
   *
   * @param value in its plain form
   * @throws IllegalArgumentException saying what the value must be, as the end of a sentence that
   *     begins with the name of the setting
   */
  public TaskSettings set(TaskSettings settings, Object value) {
    return setter.apply(settings, parser.apply(value));
  }

  /**
   * Returns a value in the form in which stores keep it: durations are ISO 8601 texts.
   *
   * @throws IllegalArgumentException as {@link #set} does
   */
  public Object checked(Object value) {
    return plain(parser.apply(value));
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Duration duration -> duration.toString();
      case TaskThreads threads -> threads.name().toLowerCase(Locale.ROOT);
      default -> value;
    };
  }

  private static TaskSettings with(TaskSettings settings, BackOff backOff) {
    return settings.toBuilder().backOff(backOff).build();
  }

  private static TaskSettings with(TaskSettings settings, Retention retention) {
    return settings.toBuilder().retention(retention).build();
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("must be a text");
  }

  private static String queue(Object value) {
    try {
      return QueueName.checked(text(value));
    } catch (InvalidJobException e) {
      throw new IllegalArgumentException(e.complaint(), e);
    }
  }

  private static Duration duration(Object value, boolean zero) {
    Duration duration =
        switch (value) {
          case Duration given -> given;
          case String text -> DurationText.parse(text);
          default ->
              throw new IllegalArgumentException("must be a duration such as \"30s\" or \"2h\"");
        };
    if (duration.isNegative() || (duration.isZero() && !zero)) {
      throw new IllegalArgumentException(zero ? "must be zero or more" : "must be more than zero");
    }
    return duration;
  }

  private static Integer count(Object value) {
    if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 0) {
      return number.intValue();
    }
    throw new IllegalArgumentException("must be a whole number, zero or more");
  }

  private static Double multiplier(Object value) {
    if (value instanceof Number number
        && number.doubleValue() >= 1
        && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("must be a number of at least 1");
  }

  private static List<String> texts(Object value) {
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new IllegalArgumentException("must be a list of names of exception classes");
  }

  private static TaskThreads threads(Object value) {
    return switch (value) {
      case TaskThreads threads -> threads;
      case String text when text.equalsIgnoreCase("virtual") -> TaskThreads.VIRTUAL;
      case String text when text.equalsIgnoreCase("platform") -> TaskThreads.PLATFORM;
      default -> throw new IllegalArgumentException("must be \"virtual\" or \"platform\"");
    };
  }
}
