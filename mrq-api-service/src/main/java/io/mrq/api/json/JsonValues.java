package io.mrq.api.json;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts stored values to JSON. */
public final class JsonValues {
  /** Always with milliseconds and a zone, so that dates have one form and sort as text. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private JsonValues() {}

  /** A value of a document: dates as text, bytes in Base64, everything else unchanged. */
  public static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Instant date -> date(date);
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case Map<?, ?> map -> object(map);
      case Collection<?> list -> array(list);
      case String _, Boolean _, Number _ -> value;
      default -> value.toString();
    };
  }

  /** A date in UTC to the millisecond, such as {@code 2026-11-24T09:30:00.000Z}. */
  public static String date(Instant date) {
    return DATE.format(date);
  }

  /** A duration in seconds, as documents hold it. */
  public static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  /** An object with the keys in their order. */
  public static Map<String, @Nullable Object> object(Map<?, ?> map) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    map.forEach((key, value) -> json.put(String.valueOf(key), of(value)));
    return json;
  }

  private static List<@Nullable Object> array(Collection<?> list) {
    List<@Nullable Object> json = new ArrayList<>(list.size());
    list.forEach(element -> json.add(of(element)));
    return json;
  }
}
