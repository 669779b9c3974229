package io.mrq.api.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One problem, before it is written.
 *
 * @param type its kind
 * @param status the HTTP status, usually that of its kind
 * @param detail what is wrong here and what to do about it, in a sentence
 * @param errors the fields that are wrong; empty where no field is
 * @param headers to send with it, such as {@code Retry-After}
 * @param members more members of the JSON object
 */
public record Problem(
    ProblemType type,
    int status,
    String detail,
    List<FieldError> errors,
    Map<String, String> headers,
    Map<String, Object> members) {

  /** The longest text that repeats what a caller sent. */
  private static final int MAX_TEXT = 1000;

  public Problem {
    detail = printable(detail);
  }

  /**
   * One wrong field.
   *
   * @param index of the job in an array, from 0; null when one job was sent
   * @param field its name as in JSON, such as {@code queue} or {@code params.a[2]}; null: the whole
   *     job
   * @param message the rest of the sentence that starts with the field's name
   */
  public record FieldError(@Nullable Integer index, @Nullable String field, String message) {
    public FieldError {
      field = field == null ? null : printable(field);
      message = printable(message);
    }

    private Map<String, Object> toMap() {
      Map<String, Object> json = new LinkedHashMap<>();
      if (index != null) {
        json.put("index", index);
      }
      if (field != null) {
        json.put("field", field);
      }
      json.put("message", message);
      return json;
    }
  }

  /** A problem of this kind. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, type.status().value(), detail, List.of(), Map.of(), Map.of());
  }

  /** A problem of this kind with one field, whose name opens the detail. */
  public static Problem of(
      ProblemType type, @Nullable Integer index, @Nullable String field, String message) {
    String where = index == null ? "" : "Job %d of the array: ".formatted(index);
    String what = field == null ? message : "'" + field + "' " + message;
    return new Problem(
        type,
        type.status().value(),
        where + what + ".",
        List.of(new FieldError(index, field, message)),
        Map.of(),
        Map.of());
  }

  /** The same with another HTTP status. */
  public Problem status(int other) {
    return new Problem(type, other, detail, errors, headers, members);
  }

  /** The same with a header. */
  public Problem header(String name, String value) {
    return new Problem(type, status, detail, errors, with(headers, name, value), members);
  }

  /** The same with one more member. */
  public Problem member(String name, Object value) {
    return new Problem(type, status, detail, errors, headers, with(members, name, value));
  }

  /** As JSON. */
  Map<String, Object> toMap(String instance) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", type.uri());
    json.put("title", type.title());
    json.put("status", status);
    json.put("detail", detail);
    json.put("instance", instance);
    json.putAll(members);
    if (!errors.isEmpty()) {
      List<Map<String, Object>> fields = new ArrayList<>();
      errors.forEach(error -> fields.add(error.toMap()));
      json.put("errors", fields);
    }
    return json;
  }

  private static <T> Map<String, T> with(Map<String, T> map, String name, T value) {
    Map<String, T> more = new LinkedHashMap<>(map);
    more.put(name, value);
    return more;
  }

  /** Bounded, and without halves of surrogate pairs: a caller's text comes back in problems. */
  private static String printable(String text) {
    String bounded = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    StringBuilder clean = new StringBuilder(bounded.length());
    bounded
        .codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
