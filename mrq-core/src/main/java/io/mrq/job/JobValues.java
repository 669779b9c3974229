package io.mrq.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plain values that a document can hold, and the checks on them. Plain are: null, String,
 * Boolean, Integer, Long, Double, Instant, byte[], and lists and text-keyed maps of these.
 */
public final class JobValues {
  /** The deepest nesting that is accepted; MongoDB itself ends at 100 for the whole document. */
  public static final int MAX_DEPTH = 80;

  private JobValues() {}

  /**
   * Checks that a value can be stored as it is (MIX-14) and answers its size.
   *
   * @param value a plain value
   * @param where its name in messages, such as {@code params}
   * @return its size as BSON, in bytes
   * @throws InvalidJobException naming the first place that cannot be stored
   */
  public static long check(@Nullable Object value, String where) {
    return size(value, where, 0);
  }

  private static long size(@Nullable Object value, String where, int depth) {
    if (depth > MAX_DEPTH) {
      throw new InvalidJobException(where, "is nested deeper than %d levels".formatted(MAX_DEPTH));
    }
    return switch (value) {
      case null -> 0;
      case Boolean _ -> 1;
      case Integer _ -> 4;
      case Long _, Double _, Instant _ -> 8;
      case byte[] bytes -> 5 + bytes.length;
      case String text -> 5 + utf8(text);
      case Map<?, ?> map -> sizeOfMap(map, where, depth);
      case Collection<?> list -> sizeOfList(list, where, depth);
      default ->
          throw new InvalidJobException(
              where,
              "has the type %s, which cannot be stored".formatted(value.getClass().getName()));
    };
  }

  private static long sizeOfMap(Map<?, ?> map, String where, int depth) {
    long size = 5;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new InvalidJobException(where, "has a key that is not a text");
      }
      if (key.startsWith("$") || key.indexOf('.') >= 0 || key.indexOf('\0') >= 0) {
        throw new InvalidJobException(
            where,
            "has the key '%s': keys must not start with '$' nor hold '.' or a zero character"
                .formatted(key));
      }
      size += 2 + utf8(key) + size(entry.getValue(), where + "." + key, depth + 1);
    }
    return size;
  }

  private static long sizeOfList(Collection<?> list, String where, int depth) {
    long size = 5;
    int index = 0;
    for (Object element : list) {
      size +=
          2
              + Integer.toString(index).length()
              + size(element, where + "[" + index + "]", depth + 1);
      index++;
    }
    return size;
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
