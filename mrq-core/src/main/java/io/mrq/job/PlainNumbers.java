package io.mrq.job;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in the form in which documents hold them, the same in params and results. No digit is
 * lost: what fits a number of 32 or 64 bits becomes one, and {@link BigDecimal} and {@link
 * BigInteger} become text.
 */
public final class PlainNumbers {
  private PlainNumbers() {}

  /** Returns the stored form of a number; null for a type of number that is not known here. */
  public static @Nullable Object of(Number number) {
    return switch (number) {
      case Integer _, Long _, Double _ -> number;
      case Short _, Byte _, AtomicInteger _ -> number.intValue();
      case AtomicLong _ -> number.longValue();
      // By its digits: 0.1f is nearer to 0.10000000149 than to what was meant.
      case Float _ -> Double.valueOf(number.toString());
      case BigDecimal _, BigInteger _ -> number.toString();
      default -> null;
    };
  }

  /** A copy of a map with the numbers in it, however deep, in their stored form. */
  public static Map<String, @Nullable Object> in(Map<String, @Nullable Object> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, in(value, 1)));
    return copy;
  }

  private static @Nullable Object in(@Nullable Object value, int depth) {
    if (depth > JobValues.MAX_DEPTH) {
      return value;
    }
    return switch (value) {
      case null -> null;
      case Number number -> {
        Object plain = of(number);
        yield plain == null ? number : plain;
      }
      case Map<?, ?> map -> {
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, element) -> copy.put(key, in(element, depth + 1)));
        yield copy;
      }
      case Collection<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(in(element, depth + 1)));
        yield copy;
      }
      default -> value;
    };
  }
}
