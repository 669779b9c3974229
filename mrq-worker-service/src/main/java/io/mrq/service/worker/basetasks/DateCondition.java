package io.mrq.service.worker.basetasks;

import io.mrq.job.InvalidJobException;
import io.mrq.job.Job;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a date of a job: a date, which it must be, or bounds as Python's own tasks pass
 * them, such as {@code {"$lte": date}}.
 */
final class DateCondition {
  private DateCondition() {}

  /**
   * Reads a condition.
   *
   * @param field its name
   * @param value a date, or bounds by their operators
   * @param date of a job; a job without it does not pass
   * @throws InvalidJobException when the value is neither a date nor bounds
   */
  static Predicate<Job> of(
      String field, @Nullable Object value, Function<Job, @Nullable Instant> date) {
    Predicate<Instant> test =
        value instanceof Map<?, ?> map ? bounds(field, map) : equal(field, value);
    return job -> {
      Instant of = date.apply(job);
      return of != null && test.test(of);
    };
  }

  private static Predicate<Instant> equal(String field, @Nullable Object value) {
    Instant wanted = date(field, value);
    return wanted::equals;
  }

  private static Predicate<Instant> bounds(String field, Map<?, ?> bounds) {
    Predicate<Instant> all = _ -> true;
    for (Map.Entry<?, ?> bound : bounds.entrySet()) {
      all = all.and(bound(field, String.valueOf(bound.getKey()), date(field, bound.getValue())));
    }
    return all;
  }

  private static Predicate<Instant> bound(String field, String operator, Instant bound) {
    return switch (operator) {
      case "$lt" -> date -> date.isBefore(bound);
      case "$lte" -> date -> !date.isAfter(bound);
      case "$gt" -> date -> date.isAfter(bound);
      case "$gte" -> date -> !date.isBefore(bound);
      default -> throw new InvalidJobException(field, "has the unknown bound " + operator);
    };
  }

  private static Instant date(String field, @Nullable Object value) {
    try {
      return switch (value) {
        case Instant date -> date;
        case String text -> ZonedDateTime.parse(text).toInstant();
        case null, default -> throw noDate(field);
      };
    } catch (DateTimeException _) {
      throw noDate(field);
    }
  }

  private static InvalidJobException noDate(String field) {
    return new InvalidJobException(field, "must be a date, or a text such as 2027-01-31T09:30:00Z");
  }
}
