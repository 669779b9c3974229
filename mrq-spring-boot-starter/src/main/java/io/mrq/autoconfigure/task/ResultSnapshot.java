package io.mrq.autoconfigure.task;

import io.mrq.job.JobValues;
import io.mrq.job.PlainNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A copy of one result in plain values, which later changes by the task do not reach. Plain values
 * stay as they are; what else Jackson can write becomes what Jackson writes; what has no stored
 * form at all becomes text, with a note. So a job whose work is done never fails because of its
 * result.
 */
final class ResultSnapshot {
  private static final int MAX_NOTES = 20;
  private static final int MAX_TEXT = 10_000;

  /** How often to read a list or map that another thread changes meanwhile. */
  private static final int MAX_READS = 3;

  /** How many values are copied before the copy looks for an interrupt again. */
  private static final int VALUES_BETWEEN_LOOKS = 1024;

  /**
   * Of a copy that counted less than this no exact size is needed: a value takes at most eight
   * times the bytes that the copy counts for it, and the store checks it once more.
   */
  private static final long MAX_RESULT_WITHOUT_CHECK = JobValues.MAX_RESULT / 8;

  /** Most results are a few levels deep or none; the usual size of such a map is for 21. */
  private static final int USUAL_DEPTH = 4;

  private static final String ITSELF = "contains itself";

  private final JsonMapper json;
  private final List<String> notes = new ArrayList<>();
  private final List<Object> path = new ArrayList<>();

  /** The lists and maps around the value that is copied. */
  private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>(USUAL_DEPTH));

  /** A lower bound of the size of the copy as BSON. */
  private long size;

  private int values;

  ResultSnapshot(JsonMapper json) {
    this.json = json;
  }

  /**
   * Makes the copy; to be called once.
   *
   * @throws InterruptedException when the run is told to stop while a large result is copied
   */
  @Nullable Object of(@Nullable Object result) throws InterruptedException {
    try {
      Object copy = copy(result, true);
      if (size < MAX_RESULT_WITHOUT_CHECK) {
        return copy;
      }
      long exact = JobValues.checkResult(copy);
      return exact <= JobValues.MAX_RESULT ? copy : tooLarge("%,d bytes".formatted(exact));
    } catch (TooLargeException _) {
      return tooLarge("%,d bytes or more".formatted(size));
    }
  }

  private String tooLarge(String bytes) {
    String note =
        "the result takes %s, but at most %,d can be stored with a job; store it elsewhere and return its address"
            .formatted(bytes, JobValues.MAX_RESULT);
    notes.add(note);
    return note;
  }

  private void count(long bytes) throws TooLargeException {
    size += bytes;
    if (size > JobValues.MAX_RESULT) {
      throw new TooLargeException();
    }
  }

  /** Returns a sentence for each value that was changed so that it can be stored. */
  List<String> notes() {
    return notes;
  }

  /** What Jackson returned is copied as well, but not given to Jackson again. */
  private @Nullable Object copy(@Nullable Object value, boolean byJackson)
      throws TooLargeException, InterruptedException {
    if (++values % VALUES_BETWEEN_LOOKS == 0 && Thread.interrupted()) {
      throw new InterruptedException("while the result was copied");
    }
    return switch (value) {
      case null -> null;
      case Boolean _ -> value;
      case String text -> {
        count(text.length());
        yield wellFormed(text);
      }
      case byte[] bytes -> {
        count(bytes.length);
        yield bytes.clone();
      }
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

  /** Asks only what cannot be read for its text: the text of a deep list may have no end. */
  private Object read(Object container, Reading reading)
      throws TooLargeException, InterruptedException {
    if (path.size() >= JobValues.MAX_DEPTH) {
      return instead("is nested deeper than %d levels".formatted(JobValues.MAX_DEPTH));
    }
    if (!around.add(container)) {
      return instead(ITSELF);
    }
    try {
      return readAgain(container, reading);
    } finally {
      around.remove(container);
    }
  }

  private Object readAgain(Object container, Reading reading)
      throws TooLargeException, InterruptedException {
    int depth = path.size();
    long before = size;
    String why = "";
    for (int reads = 0; reads < MAX_READS; reads++) {
      try {
        return reading.read();
      } catch (RuntimeException e) {
        why = "could not be read: " + e.getClass().getSimpleName();
        path.subList(depth, path.size()).clear();
        size = before;
      }
    }
    return text(container, why);
  }

  private String instead(String why) throws TooLargeException {
    note(why + "; this is kept in its place");
    count(why.length());
    return why;
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map, boolean byJackson)
      throws TooLargeException, InterruptedException {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    count(5);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = key(entry.getKey());
      while (copy.containsKey(key)) {
        note("has two keys '%s', of which one is kept with a prime".formatted(key));
        key += "′";
      }
      count(2 + key.length());
      path.add(key);
      copy.put(key, copy(entry.getValue(), byJackson));
      path.removeLast();
    }
    return copy;
  }

  private List<@Nullable Object> list(Collection<?> list, boolean byJackson)
      throws TooLargeException, InterruptedException {
    List<@Nullable Object> copy = new ArrayList<>();
    count(5);
    for (Object element : list) {
      count(3);
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

  private @Nullable Object other(Object value, boolean byJackson)
      throws TooLargeException, InterruptedException {
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

  private Object date(Instant date) throws TooLargeException {
    try {
      // Throws for a date that no document can hold.
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

  private String text(Object value, String why) throws TooLargeException {
    note(why + "; it is kept as text");
    String text = describe(value);
    String kept = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    count(kept.length());
    return wellFormed(kept);
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

  /** Reads a list or map once. */
  @FunctionalInterface
  private interface Reading {
    Object read() throws TooLargeException, InterruptedException;
  }

  /** Ends the copy. It is checked, so nothing takes it for a failure of a value of the task. */
  private static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
