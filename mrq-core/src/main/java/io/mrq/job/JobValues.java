package io.mrq.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plain values that a document can hold, and the checks on them. Plain values are null, String,
 * Boolean, Integer, Long, Double, Instant, byte[], and lists of plain values and maps from text to
 * plain values. {@link PlainNumbers} tells how other numbers are kept.
 */
public final class JobValues {
  /** The deepest nesting of a value; MongoDB allows 100 levels for the whole document. */
  public static final int MAX_DEPTH = 80;

  /** The largest result that is stored with a job, in bytes of BSON. */
  public static final int MAX_RESULT = 15 * 1024 * 1024 - 64 * 1024;

  private JobValues() {}

  /**
   * Checks that a value can be stored as it is. Keys must hold no dots, because Python's driver may
   * have to send them again.
   *
   * @param value a plain value
   * @param where the name of the value in messages, such as {@code params}
   * @return the size of the value as BSON, in bytes
   * @throws InvalidJobException naming the first place that cannot be stored
   */
  public static long check(@Nullable Object value, String where) {
    return new Walk(where, false).size(value);
  }

  /**
   * Checks a result as {@link #check} does, but keys may hold dots, because nobody sends a result
   * again.
   *
   * @return the size of the value as BSON, in bytes
   * @throws InvalidJobException naming the first place that cannot be stored
   */
  public static long checkResult(@Nullable Object value) {
    return new Walk("result", true).size(value);
  }

  /** One pass over a value. The text of the place is made only when a value is refused. */
  private static final class Walk {
    private final String root;
    private final boolean dots;
    private final List<Object> path = new ArrayList<>();

    Walk(String root, boolean dots) {
      this.root = root;
      this.dots = dots;
    }

    long size(@Nullable Object value) {
      if (path.size() > MAX_DEPTH) {
        throw refused("is nested deeper than %d levels".formatted(MAX_DEPTH));
      }
      return switch (value) {
        case null -> 0;
        case Boolean _ -> 1;
        case Integer _ -> 4;
        case Long _, Double _, Instant _ -> 8;
        case byte[] bytes -> 5 + bytes.length;
        case String text -> 5 + utf8(text);
        case Map<?, ?> map -> sizeOfMap(map);
        case Collection<?> list -> sizeOfList(list);
        default ->
            throw refused(
                "has the type %s, which cannot be stored".formatted(value.getClass().getName()));
      };
    }

    private long sizeOfMap(Map<?, ?> map) {
      long size = 5;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String key = checked(entry.getKey());
        path.add(key);
        size += 2 + utf8(key) + size(entry.getValue());
        path.removeLast();
      }
      return size;
    }

    private String checked(@Nullable Object key) {
      if (!(key instanceof String text)) {
        throw refused("has a key that is not a text");
      }
      if (text.startsWith("$") || text.indexOf('\0') >= 0 || (!dots && text.indexOf('.') >= 0)) {
        throw refused(
            "has the key '%s': keys must not start with '$' nor hold %sa zero character"
                .formatted(text, dots ? "" : "'.' or "));
      }
      return text;
    }

    private long sizeOfList(Collection<?> list) {
      long size = 5;
      int index = 0;
      for (Object element : list) {
        path.add(index);
        size += 2 + digits(index) + size(element);
        path.removeLast();
        index++;
      }
      return size;
    }

    private InvalidJobException refused(String complaint) {
      StringBuilder place = new StringBuilder(root);
      for (Object step : path) {
        switch (step) {
          case Integer index -> place.append('[').append(index).append(']');
          default -> place.append('.').append(step);
        }
      }
      return new InvalidJobException(place.toString(), complaint);
    }

    private static int digits(int index) {
      int digits = 1;
      for (int rest = index; rest >= 10; rest /= 10) {
        digits++;
      }
      return digits;
    }

    /** Bytes in UTF-8; half a surrogate pair is stored as a character of three bytes. */
    private static long utf8(String text) {
      long bytes = text.length();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < 0x80) {
          continue;
        }
        if (c < 0x800) {
          bytes++;
        } else {
          bytes += 2;
          if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
            i++;
          }
        }
      }
      return bytes;
    }
  }
}
