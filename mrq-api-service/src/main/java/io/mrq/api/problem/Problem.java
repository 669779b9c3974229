package io.mrq.api.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem as RFC 9457 defines it, before it is written.
 *
 * @param type its type
 * @param status the HTTP status, usually that of its type
 * @param detail what is wrong in this request and what to do about it, in a sentence
 * @param errors the invalid fields; empty when no field is invalid
 * @param headers headers of the answer, such as {@code Retry-After}
 * @param members more members of the JSON object
 */
public record Problem(
    ProblemType type,
    int status,
    String detail,
    List<FieldError> errors,
    Map<String, String> headers,
    Map<String, Object> members) {

  /** Details repeat what a caller sent, so they have a limit, in characters. */
  private static final int MAX_TEXT = 1000;

  public Problem {
    detail = printable(detail);
  }

  /**
   * An invalid field.
   *
   * @param index the place of the job in an array, from 0; null when a single job was sent
   * @param field its name in JSON, such as {@code queue} or {@code params.a[2]}; null: the whole
   *     job
   * @param message the rest of a sentence that begins with the name of the field
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

  /** A problem of this type. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, type.status().value(), detail, List.of(), Map.of(), Map.of());
  }

  /** A problem with one invalid field; the detail begins with its name. */
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

  /** A copy with another HTTP status. */
  public Problem status(int other) {
    return new Problem(type, other, detail, errors, headers, members);
  }

  /** A copy with one more header. */
  public Problem header(String name, String value) {
    return new Problem(type, status, detail, errors, with(headers, name, value), members);
  }

  /** A copy with one more member. */
  public Problem member(String name, Object value) {
    return new Problem(type, status, detail, errors, headers, with(members, name, value));
  }

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

  /** Cut to the limit, and without halves of surrogate pairs, which a caller may have sent. */
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
