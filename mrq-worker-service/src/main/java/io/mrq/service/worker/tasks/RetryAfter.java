package io.mrq.service.worker.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
  /** The shortest wait, even when a service asks for none. */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Pattern SECONDS = Pattern.compile("\\d+");
  private static final int MANY_DIGITS = 10;

  private RetryAfter() {}

  /**
   * How long to wait, from one second on.
   *
   * @param longest the longest wait, even when the service asks for more
   * @return null when the header is absent or invalid
   */
  static @Nullable Duration parse(@Nullable String header, Instant now, Duration longest) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      return text.length() > MANY_DIGITS
          ? longest
          : bounded(Duration.ofSeconds(Long.parseLong(text)), longest);
    }
    Instant date = DateUtils.parseStandardDate(text);
    return date == null ? null : bounded(Duration.between(now, date), longest);
  }

  private static Duration bounded(Duration wait, Duration longest) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
