package io.mrq.service.worker.tasks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The statuses of an answer that count as success: numbers such as {@code 404} and classes such as
 * {@code 2xx}.
 */
final class ExpectedStatuses {
  private static final Pattern CODE = Pattern.compile("[1-5]\\d\\d");
  private static final Pattern CLASS = Pattern.compile("[1-5][xX]{2}");

  private final List<String> patterns;

  private ExpectedStatuses(List<String> patterns) {
    this.patterns = patterns;
  }

  /**
   * Reads the param.
   *
   * @param value a number, a text, a list of these, or null for {@code 2xx}
   * @throws IllegalArgumentException with the allowed forms
   */
  static ExpectedStatuses of(@Nullable Object value) {
    if (value == null) {
      return new ExpectedStatuses(List.of("2xx"));
    }
    Collection<?> elements = value instanceof Collection<?> list ? list : List.of(value);
    if (elements.isEmpty()) {
      throw notUnderstood(value);
    }
    List<String> patterns = new ArrayList<>();
    for (Object element : elements) {
      String text = String.valueOf(element).strip();
      if (!CODE.matcher(text).matches() && !CLASS.matcher(text).matches()) {
        throw notUnderstood(value);
      }
      patterns.add(text.toLowerCase(Locale.ROOT));
    }
    return new ExpectedStatuses(List.copyOf(patterns));
  }

  boolean includes(int status) {
    return patterns.contains(Integer.toString(status)) || patterns.contains(status / 100 + "xx");
  }

  @Override
  public String toString() {
    return String.join(", ", patterns);
  }

  private static IllegalArgumentException notUnderstood(Object value) {
    return new IllegalArgumentException(
        "must be a status such as 200, a class such as \"2xx\", or a list of these, but is %s"
            .formatted(value));
  }
}
