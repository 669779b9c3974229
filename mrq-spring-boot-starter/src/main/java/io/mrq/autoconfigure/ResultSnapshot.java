package io.mrq.autoconfigure;

import io.mrq.job.JobValues;
import io.mrq.job.PlainNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One result in plain values, copied, so that what the task goes on to change does not change it.
 * Plain values stay as they are, whatever else Jackson can write is taken as Jackson writes it, and
 * what has no stored form at all becomes text with a note: a job whose work is done never fails for
 * its result.
 */
final class ResultSnapshot {
  private static final int MAX_NOTES = 20;
  private static final int MAX_TEXT = 10_000;

  /** How often a list or map is read that another thread changes meanwhile. */
  private static final int MAX_READS = 3;

  private final JsonMapper json;
  private final List<String> notes = new ArrayList<>();
  private final List<Object> path = new ArrayList<>();

  ResultSnapshot(JsonMapper json) {
    this.json = json;
  }

  /** The copy; made once. */
  @Nullable Object of(@Nullable Object result) {
    Object copy = copy(result, true);
    long size = JobValues.checkResult(copy);
    if (size <= JobValues.MAX_RESULT) {
      return copy;
    }
    String note =
        "the result takes %,d bytes, but at most %,d can be stored with a job; store it elsewhere and return its address"
            .formatted(size, JobValues.MAX_RESULT);
    notes.add(note);
    return note;
  }

  /** What was changed so that it could be stored, a sentence each. */
  List<String> notes() {
    return notes;
  }

  /** Jackson's answer is taken apart in its turn, but not given to Jackson again. */
  private @Nullable Object copy(@Nullable Object value, boolean byJackson) {
    return switch (value) {
      case null -> null;
      case Boolean _ -> value;
      case String text -> wellFormed(text);
      case byte[] bytes -> bytes.clone();
      case Instant date -> date(date);
      case Number number -> {
        Object plain = PlainNumbers.of(number);
        yield plain == null ? other(number, byJackson) : plain;
      }
      case Map<?, ?> map -> read(map, () -> map(map, byJackson));
      case Collection<?> list -> read(list, () -> list(list, byJackson));
      default -> other(value, byJackson);
    };
  }

  private Object read(Object container, Supplier<Object> reading) {
    if (path.size() >= JobValues.MAX_DEPTH) {
      return text(container, "is nested deeper than %d levels".formatted(JobValues.MAX_DEPTH));
    }
    int depth = path.size();
    String why = "";
    for (int reads = 0; reads < MAX_READS; reads++) {
      try {
        return reading.get();
      } catch (RuntimeException e) {
        why = "could not be read: " + e.getClass().getSimpleName();
        path.subList(depth, path.size()).clear();
      }
    }
    return text(container, why);
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map, boolean byJackson) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = key(entry.getKey());
      while (copy.containsKey(key)) {
        note("has two keys '%s', of which one is kept with a prime".formatted(key));
        key += "′";
      }
      path.add(key);
      copy.put(key, copy(entry.getValue(), byJackson));
      path.removeLast();
    }
    return copy;
  }

  private List<@Nullable Object> list(Collection<?> list, boolean byJackson) {
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    for (Object element : list) {
      path.add(copy.size());
      copy.add(copy(element, byJackson));
      path.removeLast();
    }
    return copy;
  }

  private String key(@Nullable Object key) {
    String text = key instanceof String already ? already : keyText(key);
    String stored = wellFormed(text.replace('\0', '\uFFFD'));
    if (stored.startsWith("$")) {
      stored = "＄" + stored.substring(1);
    }
    if (!stored.equals(text)) {
      note("has the key '%s', which is kept as '%s'".formatted(text, stored));
    }
    return stored;
  }

  private String keyText(@Nullable Object key) {
    if (key == null) {
      note("has a key that is null, which is kept as 'null'");
      return "null";
    }
    try {
      Map<?, ?> written =
          (Map<?, ?>) json.convertValue(Collections.singletonMap(key, true), Object.class);
      return String.valueOf(written.keySet().iterator().next());
    } catch (RuntimeException _) {
      return describe(key);
    }
  }

  private @Nullable Object other(Object value, boolean byJackson) {
    if (!byJackson) {
      return text(value, "has the type " + value.getClass().getName());
    }
    try {
      return copy(json.convertValue(value, Object.class), false);
    } catch (JacksonException | IllegalArgumentException e) {
      return text(value, "cannot be written: " + e.getClass().getSimpleName());
    } catch (RuntimeException | StackOverflowError e) {
      return text(value, "could not be read: " + e.getClass().getSimpleName());
    }
  }

  private Object date(Instant date) {
    try {
      // Fails where no document can hold it.
      return Instant.ofEpochMilli(date.toEpochMilli());
    } catch (ArithmeticException e) {
      return text(date, "is a date that no document can hold");
    }
  }

  private String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        String fixed =
            text.codePoints()
                .collect(
                    StringBuilder::new,
                    (b, c) ->
                        b.appendCodePoint(
                            c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                                ? '\uFFFD'
                                : c),
                    StringBuilder::append)
                .toString();
        if (!fixed.equals(text)) {
          note("holds half of a surrogate pair, which is kept as U+FFFD");
        }
        return fixed;
      }
    }
    return text;
  }

  private String text(Object value, String why) {
    note(why + "; it is kept as text");
    String text = describe(value);
    return wellFormed(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text);
  }

  private static String describe(Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | StackOverflowError e) {
      return "a " + value.getClass().getName();
    }
  }

  private void note(String what) {
    if (notes.size() < MAX_NOTES) {
      StringBuilder place = new StringBuilder("result");
      path.forEach(step -> place.append(step instanceof Integer ? "[" + step + "]" : "." + step));
      notes.add("'%s' %s".formatted(place, what));
    }
  }
}
