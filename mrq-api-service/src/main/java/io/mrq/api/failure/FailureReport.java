package io.mrq.api.failure;

import io.mrq.failure.FailureGroup;
import java.time.Instant;
import java.util.List;

/**
 * Groups of failures at one moment.
 *
 * @param at when they were read
 * @param items the groups that were asked for
 * @param totals the sums of all groups that were read
 */
public record FailureReport(Instant at, List<FailureItem> items, FailureTotals totals) {
  public FailureReport {
    items = List.copyOf(items);
  }

  /** Whether there are more groups than {@code items}. */
  public boolean more() {
    return totals.more() || totals.groups() > items.size();
  }

  /**
   * One group.
   *
   * @param message the message of its sample in one line; may be empty
   */
  public record FailureItem(FailureGroup group, String message) {}
}
