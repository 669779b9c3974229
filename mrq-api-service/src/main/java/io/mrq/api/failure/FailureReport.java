package io.mrq.api.failure;

import io.mrq.failure.FailureGroup;
import java.time.Instant;
import java.util.List;

/**
 * Groups of failures at some moment.
 *
 * @param items those that were asked for
 * @param totals of all groups that were looked at
 */
public record FailureReport(Instant at, List<FailureItem> items, FailureTotals totals) {
  public FailureReport {
    items = List.copyOf(items);
  }

  /** Whether there are more groups than were asked for. */
  public boolean more() {
    return totals.more() || totals.groups() > items.size();
  }

  /**
   * One group.
   *
   * @param message what its sample tells in one line; may be empty
   */
  public record FailureItem(FailureGroup group, String message) {}
}
