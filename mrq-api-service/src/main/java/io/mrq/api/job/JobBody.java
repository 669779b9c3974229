package io.mrq.api.job;

import io.mrq.client.JobRequest;
import io.mrq.job.DurationText;
import io.mrq.job.InvalidJobException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job from a JSON object, field by field. No value is converted to another type: {@code
 * "5"} is not a number and {@code 5.5} is not a whole number. A field that is null counts as
 * absent.
 */
final class JobBody {
  /** The fields of a job that a caller can set. */
  static final List<String> NAMES =
      List.of(
          "path",
          "params",
          "queue",
          "priority",
          "delay",
          "run_at",
          "timeout",
          "max_retries",
          "ttl");

  private final Map<?, ?> json;

  private JobBody(Map<?, ?> json) {
    this.json = json;
  }

  /**
   * Reads one job.
   *
   * @throws InvalidJobException naming the first bad field
   */
  static JobRequest read(Map<?, ?> json) {
    for (Object name : json.keySet()) {
      if (!NAMES.contains(String.valueOf(name))) {
        throw new InvalidJobException(
            String.valueOf(name),
            "is not a field of a job; the fields are " + String.join(", ", NAMES));
      }
    }
    return new JobBody(json).request();
  }

  private JobRequest request() {
    String path = text("path");
    if (path == null) {
      throw new InvalidJobException(
          "path", "is required: it names the task, such as mrq.tasks.Echo");
    }
    return JobRequest.of(path)
        .params(params())
        .queue(text("queue"))
        .priority(wholeNumber("priority"))
        .delay(duration("delay"))
        .runAt(date("run_at"))
        .timeout(duration("timeout"))
        .maxRetries(wholeNumber("max_retries"))
        .ttl(duration("ttl"));
  }

  private @Nullable String text(String name) {
    return switch (json.get(name)) {
      case null -> null;
      case String text -> text;
      case Object other -> throw mustBe(name, "a text", other);
    };
  }

  private Map<String, @Nullable Object> params() {
    Map<String, @Nullable Object> params = new LinkedHashMap<>();
    switch (json.get("params")) {
      case null -> {}
      case Map<?, ?> map -> map.forEach((key, value) -> params.put(String.valueOf(key), value));
      case Object other -> throw mustBe("params", "an object", other);
    }
    return params;
  }

  private @Nullable Integer wholeNumber(String name) {
    return switch (json.get(name)) {
      case null -> null;
      case Integer number -> number;
      case Object other -> throw mustBe(name, "a whole number of at most nine digits", other);
    };
  }

  private @Nullable Duration duration(String name) {
    return switch (json.get(name)) {
      case null -> null;
      case String text -> parsed(name, text);
      case Number number ->
          throw new InvalidJobException(
              name,
              "must be a text with a unit, such as \"30s\" or \"PT30S\", but is the number "
                  + number);
      case Object other -> throw mustBe(name, "a text such as \"30s\" or \"PT30S\"", other);
    };
  }

  private static Duration parsed(String name, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidJobException(name, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Instant date(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw new InvalidJobException(
          name,
          "must be an ISO-8601 date with a zone, such as 2027-01-31T09:30:00Z, but is '%s'"
              .formatted(text));
    }
  }

  private static InvalidJobException mustBe(String name, String wanted, Object value) {
    return new InvalidJobException(name, "must be %s, but is %s".formatted(wanted, shown(value)));
  }

  private static String shown(Object value) {
    return switch (value) {
      case String _ -> "a text";
      case Number number -> "the number " + number;
      case Boolean flag -> flag.toString();
      case Map<?, ?> _ -> "an object";
      default -> "an array";
    };
  }
}
