package io.mrq.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the values of a document for one row of a list: each text to {@value #MAX_TEXT} characters
 * and an ellipsis, all of them together to about {@value #MAX_ROW}. What comes after that is left
 * out, entries of objects and elements of arrays alike.
 */
public final class ShortValues {
  static final int MAX_TEXT = 200;
  static final int MAX_ROW = 1000;

  private static final String ELLIPSIS = "…";

  /** What a number, a date and the like, and the punctuation of any value count for. */
  private static final int SMALL = 8;

  private int left = MAX_ROW;
  private boolean cut;

  /** The object with short values. Of several, what one takes is missing to the next. */
  public Map<String, @Nullable Object> object(Map<?, ?> values) {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      if (isFull()) {
        break;
      }
      kept.put(text(String.valueOf(entry.getKey())), value(entry.getValue()));
    }
    return kept;
  }

  /** Whether anything was cut or left out so far. */
  public boolean cut() {
    return cut;
  }

  private @Nullable Object value(@Nullable Object value) {
    left -= SMALL;
    return switch (value) {
      case String text -> text(text);
      case Map<?, ?> map -> object(map);
      case Collection<?> list -> array(list);
      case byte[] bytes -> bytes(bytes);
      case null, default -> value;
    };
  }

  private List<@Nullable Object> array(Collection<?> values) {
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object value : values) {
      if (isFull()) {
        break;
      }
      kept.add(value(value));
    }
    return kept;
  }

  private String text(String text) {
    int most = Math.clamp(left, 0, MAX_TEXT);
    if (text.length() <= most) {
      left -= text.length();
      return text;
    }
    cut = true;
    int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    left -= end;
    return text.substring(0, end) + ELLIPSIS;
  }

  private byte[] bytes(byte[] bytes) {
    int most = Math.clamp(left, 0, MAX_TEXT);
    if (bytes.length <= most) {
      left -= bytes.length;
      return bytes;
    }
    cut = true;
    left -= most;
    return Arrays.copyOf(bytes, most);
  }

  private boolean isFull() {
    cut |= left <= 0;
    return left <= 0;
  }
}
