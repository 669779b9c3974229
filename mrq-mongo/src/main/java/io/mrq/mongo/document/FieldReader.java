package io.mrq.mongo.document;

import io.mrq.job.ObjectIds;
import io.mrq.job.TimeHorizon;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes fields out of a document by name and type. A field that is absent, null or of another type
 * reads as null. One of another type stays among the {@link #others()}, so that nothing stored is
 * hidden. Any numeric type is accepted for any number.
 */
public final class FieldReader {
  private final Map<String, @Nullable Object> fields;

  public FieldReader(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /** The fields of a document inside a document or list; null when the value is none. */
  @SuppressWarnings("unchecked") // Maps come from PlainBson, whose keys are texts.
  public static @Nullable FieldReader of(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? new FieldReader((Map<String, @Nullable Object>) map)
        : null;
  }

  public @Nullable String text(String name) {
    return take(name, String.class);
  }

  public @Nullable Instant date(String name) {
    return take(name, Instant.class);
  }

  /** The 24 hex digits of an ObjectId. */
  public @Nullable String id(String name) {
    if (fields.get(name) instanceof String text && ObjectIds.isId(text)) {
      return text(name);
    }
    forgetNull(name);
    return null;
  }

  /**
   * An ObjectId in one of our types.
   *
   * @param type makes it of 24 lower-case hex digits
   */
  public <T> @Nullable T id(String name, Function<String, T> type) {
    String hex = id(name);
    return hex == null ? null : type.apply(hex);
  }

  public @Nullable Double number(String name) {
    Number number = take(name, Number.class);
    return number == null ? null : number.doubleValue();
  }

  /** A whole number; a fraction is rounded. */
  public @Nullable Long whole(String name) {
    Number number = take(name, Number.class);
    return switch (number) {
      case null -> null;
      case Double d -> Math.round(d);
      default -> number.longValue();
    };
  }

  public @Nullable Integer integer(String name) {
    Long whole = whole(name);
    return whole == null ? null : Math.clamp(whole, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A whole number; 0 when absent. */
  public int count(String name) {
    Integer count = integer(name);
    return count == null ? 0 : count;
  }

  /**
   * A duration that is stored in seconds; a negative one reads as null. One above zero is at least
   * a microsecond, since zero may mean "no limit", and at most what {@link TimeHorizon} allows.
   */
  public @Nullable Duration seconds(String name) {
    Double seconds = number(name);
    return seconds == null ? null : duration(seconds);
  }

  /** A duration as {@link #seconds} reads it. */
  public static @Nullable Duration duration(double seconds) {
    if (!(seconds >= 0)) {
      return null;
    }
    long micros = Math.round(Math.min(seconds * 1e6, 9e18));
    return TimeHorizon.within(
        Duration.of(seconds > 0 ? Math.max(1, micros) : 0, ChronoUnit.MICROS));
  }

  /** A nested document; empty when absent. */
  @SuppressWarnings("unchecked") // Maps come from PlainBson, whose keys are texts.
  public Map<String, @Nullable Object> map(String name) {
    Map<String, @Nullable Object> map = take(name, Map.class);
    return map == null ? Map.of() : map;
  }

  /** A list; empty when absent. */
  @SuppressWarnings("unchecked") // Lists come from PlainBson.
  public List<@Nullable Object> list(String name) {
    List<@Nullable Object> list = take(name, List.class);
    return list == null ? List.of() : list;
  }

  /** Any value. */
  public @Nullable Object value(String name) {
    return fields.remove(name);
  }

  /** The fields that were not taken. */
  public Map<String, @Nullable Object> others() {
    return fields;
  }

  private <T> @Nullable T take(String name, Class<T> type) {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      forgetNull(name);
      return null;
    }
    fields.remove(name);
    return type.cast(value);
  }

  private void forgetNull(String name) {
    fields.remove(name, null);
  }
}
