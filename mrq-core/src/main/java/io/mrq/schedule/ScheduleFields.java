package io.mrq.schedule;

import io.mrq.job.DurationText;
import io.mrq.schedule.Recurrence.Cron;
import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Recurrence.MonthlyAt;
import io.mrq.schedule.Recurrence.WeeklyAt;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Definitions as fields with plain values, as JSON, documents and properties hold them: {@code
 * path}, {@code params}, {@code queue}, {@code priority}, one of {@code every}, {@code daily_at},
 * {@code weekday} with {@code at}, {@code monthday} with {@code at}, {@code cron}; {@code zone},
 * {@code misfire}, {@code window}, {@code overlap}, {@code jitter}, {@code start}, {@code end}.
 */
public final class ScheduleFields {
  /** The names of all fields. */
  public static final List<String> NAMES =
      List.of(
          "path",
          "params",
          "queue",
          "priority",
          "every",
          "daily_at",
          "weekday",
          "monthday",
          "at",
          "cron",
          "zone",
          "misfire",
          "window",
          "overlap",
          "jitter",
          "start",
          "end");

  private static final List<String> TIMES =
      List.of("every", "daily_at", "weekday", "monthday", "cron");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm[:ss]").withResolverStyle(ResolverStyle.STRICT);

  private final Map<String, ? extends @Nullable Object> fields;

  private ScheduleFields(Map<String, ? extends @Nullable Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads a definition. A field that is absent or null has its default.
   *
   * @throws InvalidScheduleException for the first field that is unknown or wrong
   */
  public static ScheduleDefinition read(
      String name, Map<String, ? extends @Nullable Object> fields) {
    Set<String> unknown = new TreeSet<>(fields.keySet());
    NAMES.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new InvalidScheduleException(
          unknown.iterator().next(),
          "is no field of a schedule; these are: " + String.join(", ", NAMES));
    }
    return new ScheduleFields(fields).definition(name);
  }

  /** Returns the fields of a definition; those that have no value are absent. */
  public static Map<String, @Nullable Object> of(ScheduleDefinition definition) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("path", definition.path());
    if (!definition.params().isEmpty()) {
      all.put("params", definition.params());
    }
    if (definition.queue() != null) {
      all.put("queue", definition.queue());
    }
    if (definition.priority() != 0) {
      all.put("priority", definition.priority());
    }
    switch (definition.recurrence()) {
      case Every(Duration period) -> all.put("every", DurationText.of(period));
      case DailyAt(LocalTime at) -> all.put("daily_at", at.toString());
      case WeeklyAt(DayOfWeek day, LocalTime at) -> {
        all.put("weekday", day.getValue() - 1);
        all.put("at", at.toString());
      }
      case MonthlyAt(int day, LocalTime at) -> {
        all.put("monthday", day);
        all.put("at", at.toString());
      }
      case Cron(String expression) -> all.put("cron", expression);
    }
    all.put("zone", definition.zone().getId());
    all.put("misfire", text(definition.misfire()));
    all.put("window", DurationText.of(definition.window()));
    all.put("overlap", text(definition.overlap()));
    if (!definition.jitter().isZero()) {
      all.put("jitter", DurationText.of(definition.jitter()));
    }
    if (definition.start() != null) {
      all.put("start", definition.start().toString());
    }
    if (definition.end() != null) {
      all.put("end", definition.end().toString());
    }
    return all;
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private ScheduleDefinition definition(String name) {
    String path = text("path");
    if (path == null) {
      throw new InvalidScheduleException("path", "is required: it names the task");
    }
    ScheduleDefinition.Builder builder =
        ScheduleDefinition.builder(name, path, recurrence())
            .params(params())
            .queue(text("queue"))
            .priority(whole("priority", 0))
            .start(parsed("start", ScheduleFields::date))
            .end(parsed("end", ScheduleFields::date));
    set("zone", ScheduleFields::zone, builder::zone);
    set("misfire", text -> named(Misfire.values(), text), builder::misfire);
    set("overlap", text -> named(Overlap.values(), text), builder::overlap);
    set("window", ScheduleFields::duration, builder::window);
    set("jitter", ScheduleFields::duration, builder::jitter);
    return builder.build();
  }

  private Recurrence recurrence() {
    List<String> given = TIMES.stream().filter(name -> fields.get(name) != null).toList();
    if (given.size() != 1) {
      throw new InvalidScheduleException(
          given.isEmpty() ? "every" : given.getLast(),
          "must be the only one of every, daily_at, weekday, monthday and cron, and one of them is required");
    }
    String kind = given.getFirst();
    boolean hasTime = kind.equals("weekday") || kind.equals("monthday");
    if (!hasTime && fields.get("at") != null) {
      throw new InvalidScheduleException("at", "belongs to weekday or monthday only");
    }
    return switch (kind) {
      case "every" -> new Every(required(kind, ScheduleFields::duration));
      case "daily_at" -> new DailyAt(required(kind, ScheduleFields::time));
      case "weekday" ->
          new WeeklyAt(required(kind, ScheduleFields::day), required("at", ScheduleFields::time));
      case "monthday" -> new MonthlyAt(whole(kind, 0), required("at", ScheduleFields::time));
      default -> new Cron(required(kind, String::strip));
    };
  }

  @SuppressWarnings("unchecked") // Keys of JSON, documents and properties are texts.
  private Map<String, @Nullable Object> params() {
    Object value = fields.get("params");
    return switch (value) {
      case null -> Map.of();
      case Map<?, ?> map -> (Map<String, @Nullable Object>) map;
      default -> throw new InvalidScheduleException("params", "must be an object");
    };
  }

  private @Nullable String text(String name) {
    Object value = fields.get(name);
    return switch (value) {
      case null -> null;
      case String text when text.isBlank() -> null;
      case String text -> text.strip();
      case Number number -> number.toString();
      case Instant date -> date.toString();
      default -> throw new InvalidScheduleException(name, "must be a text");
    };
  }

  private int whole(String name, int otherwise) {
    String text = text(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new InvalidScheduleException(name, "must be a whole number, but is " + text);
    }
  }

  private <T> T required(String name, Function<String, T> reader) {
    T value = parsed(name, reader);
    if (value == null) {
      throw new InvalidScheduleException(name, "is required");
    }
    return value;
  }

  private <T> void set(String name, Function<String, T> reader, Consumer<T> setter) {
    T value = parsed(name, reader);
    if (value != null) {
      setter.accept(value);
    }
  }

  private <T> @Nullable T parsed(String name, Function<String, T> reader) {
    String text = text(name);
    try {
      return text == null ? null : reader.apply(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new InvalidScheduleException(name, String.valueOf(e.getMessage()));
    }
  }

  private static Duration duration(String text) {
    return DurationText.parse(text.matches("[0-9]+") ? text + "s" : text);
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text, TIME);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a time of day such as 03:00 or 03:00:30, but is '%s'".formatted(text), e);
    }
  }

  private static Instant date(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a date in ISO 8601 such as 2026-03-29T01:00:00Z, but is '%s'".formatted(text),
          e);
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a time zone such as Europe/Berlin or UTC, but is '%s'".formatted(text), e);
    }
  }

  /** A day as in Python MRQ, 0 for Monday, or its English name or the beginning of that. */
  private static DayOfWeek day(String text) {
    if (text.matches("[0-6]")) {
      return DayOfWeek.of(Integer.parseInt(text) + 1);
    }
    String upper = text.toUpperCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> upper.length() >= 3 && day.name().startsWith(upper))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be 0 for Monday to 6 for Sunday, or a name such as monday, but is '%s'"
                    .formatted(text)));
  }

  private static <E extends Enum<E>> E named(E[] values, String text) {
    return Arrays.stream(values)
        .filter(value -> text(value).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of %s, but is '%s'"
                    .formatted(
                        String.join(", ", Arrays.stream(values).map(ScheduleFields::text).toList()),
                        text)));
  }
}
