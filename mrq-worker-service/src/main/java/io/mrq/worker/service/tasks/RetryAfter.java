package io.mrq.worker.service.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
  /** A service that says "at once" is given this time all the same. */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Nobody outside decides that a job sleeps for days. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d+");
  private static final int MANY_DIGITS = 10;

  private RetryAfter() {}

  /**
   * How long to wait, from one second to one hour.
   *
   * @return null when the header is absent or not understood
   */
  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      return text.length() > MANY_DIGITS
          ? LONGEST
          : bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    Instant date = DateUtils.parseStandardDate(text);
    return date == null ? null : bounded(Duration.between(now, date));
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
