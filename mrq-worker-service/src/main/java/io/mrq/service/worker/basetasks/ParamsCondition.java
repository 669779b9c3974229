package io.mrq.service.worker.basetasks;

import io.mrq.job.InvalidJobException;
import io.mrq.job.Job;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A condition on the params of a job: each of some keys has a value. */
final class ParamsCondition {
  private static final JsonMapper JSON = new JsonMapper();

  private ParamsCondition() {}

  /**
   * Reads a condition.
   *
   * @param value a JSON object as text, or an object; a key with dots leads into objects
   * @throws InvalidJobException when it is neither
   */
  static Predicate<Job> of(@Nullable Object value) {
    Map<?, ?> wanted =
        switch (value) {
          case String text -> parsed(text);
          case Map<?, ?> map -> map;
          case null, default -> throw refused();
        };
    if (wanted.keySet().stream().anyMatch(key -> String.valueOf(key).startsWith("$"))) {
      throw new InvalidJobException("params", "must not have keys that begin with $");
    }
    return job ->
        wanted.entrySet().stream()
            .allMatch(
                entry -> same(at(job.params(), String.valueOf(entry.getKey())), entry.getValue()));
  }

  private static Map<?, ?> parsed(String text) {
    try {
      return JSON.readValue(text, Map.class);
    } catch (JacksonException _) {
      throw refused();
    }
  }

  private static InvalidJobException refused() {
    return new InvalidJobException("params", "must be a JSON object as text");
  }

  private static @Nullable Object at(Map<?, ?> params, String key) {
    Object found = params;
    for (String step : key.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return found;
  }

  /** Whether two values are the same; a number is the same in every form. */
  private static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number && other instanceof Number) {
      return number(one).compareTo(number(other)) == 0;
    }
    if (one instanceof List<?> some && other instanceof List<?> others) {
      Iterator<?> theirs = others.iterator();
      return some.size() == others.size()
          && some.stream().allMatch(element -> same(element, theirs.next()));
    }
    if (one instanceof Map<?, ?> some && other instanceof Map<?, ?> others) {
      return some.keySet().equals(others.keySet())
          && some.entrySet().stream()
              .allMatch(entry -> same(entry.getValue(), others.get(entry.getKey())));
    }
    return one == null ? other == null : one.equals(other);
  }

  private static BigDecimal number(Object number) {
    try {
      return new BigDecimal(number.toString());
    } catch (NumberFormatException _) {
      // Not a number, or infinite: JSON has neither.
      return BigDecimal.ZERO;
    }
  }
}
