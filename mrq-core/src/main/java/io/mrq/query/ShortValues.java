package io.mrq.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the values of one job for a row of a list: each text to {@value #MAX_TEXT} characters and an
 * ellipsis, and all of them together to about {@value #MAX_ROW} characters. Entries and elements
 * beyond that are left out. An instance is for one job.
 */
public final class ShortValues {
  static final int MAX_TEXT = 200;
  static final int MAX_ROW = 1000;

  private static final String ELLIPSIS = "…";

  /** In characters: what a number, a date or the punctuation of any value counts for. */
  private static final int SIZE_OF_SMALL_VALUE = 8;

  private int left = MAX_ROW;
  private boolean cut;

  /** An object with short values. Several calls share the room of the row. */
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

  /** Whether any value has been cut or left out. */
  public boolean cut() {
    return cut;
  }

  private @Nullable Object value(@Nullable Object value) {
    left -= SIZE_OF_SMALL_VALUE;
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
    int room = Math.clamp(left, 0, MAX_TEXT);
    if (text.length() <= room) {
      left -= text.length();
      return text;
    }
    cut = true;
    int end = room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
    left -= end;
    return text.substring(0, end) + ELLIPSIS;
  }

  private byte[] bytes(byte[] bytes) {
    int room = Math.clamp(left, 0, MAX_TEXT);
    if (bytes.length <= room) {
      left -= bytes.length;
      return bytes;
    }
    cut = true;
    left -= room;
    return Arrays.copyOf(bytes, room);
  }

  private boolean isFull() {
    cut |= left <= 0;
    return left <= 0;
  }
}
