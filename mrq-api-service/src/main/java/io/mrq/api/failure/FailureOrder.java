package io.mrq.api.failure;

import io.mrq.failure.FailureGroup;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The order of a list of groups. In queries it is the constant's name in lower case. */
public enum FailureOrder {
  /** The group with the most jobs first. */
  COUNT(Comparator.comparingLong((FailureGroup group) -> -group.count())),
  /** The group with the most recent failure first. */
  LAST(
      Comparator.comparing(
          (FailureGroup group) -> Objects.requireNonNullElse(group.last(), Instant.MIN),
          Comparator.reverseOrder())),
  /** The group that appeared most recently first. */
  FIRST(
      Comparator.comparing(
          (FailureGroup group) -> Objects.requireNonNullElse(group.first(), Instant.MIN),
          Comparator.reverseOrder()));

  private final Comparator<FailureGroup> comparator;

  FailureOrder(Comparator<FailureGroup> comparator) {
    this.comparator = comparator;
  }

  Comparator<FailureGroup> comparator() {
    return comparator;
  }

  /** The form in queries. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The order with this name in queries, or nothing. */
  static Optional<FailureOrder> ofText(String text) {
    return Stream.of(values()).filter(order -> order.text().equals(text)).findFirst();
  }
}
