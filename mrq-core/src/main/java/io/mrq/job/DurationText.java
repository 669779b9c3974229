package io.mrq.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d},
 * {@code 0}, or ISO such as {@code PT30S}.
 */
public final class DurationText {
  private static final Pattern SIMPLE = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");

  private static final List<Unit> UNITS =
      List.of(
          new Unit("d", 86_400_000),
          new Unit("h", 3_600_000),
          new Unit("m", 60_000),
          new Unit("s", 1000),
          new Unit("ms", 1));

  private DurationText() {}

  /**
   * Returns the duration that a text means.
   *
   * @throws IllegalArgumentException saying which forms are understood
   */
  public static Duration parse(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    if (trimmed.equals("0")) {
      return Duration.ZERO;
    }
    try {
      Matcher simple = SIMPLE.matcher(trimmed);
      return simple.matches()
          ? of(Long.parseLong(simple.group(1)), simple.group(2))
          : Duration.parse(trimmed);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "must be a duration such as 30s, 5m, 2h, 7d, 250ms or PT30S, but is '%s'".formatted(text),
          e);
    }
  }

  /** Returns a text that {@link #parse} reads as this duration, which must not be negative. */
  public static String of(Duration duration) {
    if (duration.isZero()) {
      return "0";
    }
    if (duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    long millis = duration.toMillis();
    for (Unit unit : UNITS) {
      if (millis % unit.millis() == 0) {
        return millis / unit.millis() + unit.name();
      }
    }
    return duration.toString();
  }

  private record Unit(String name, long millis) {}

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
