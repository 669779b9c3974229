package io.mrq.api.failure;

import io.mrq.store.FailureGroup;
import java.time.Instant;
import java.util.List;

/**
 * The largest groups of failures at some moment.
 *
 * @param more whether there are more groups
 */
public record FailureReport(Instant at, List<FailureItem> items, boolean more) {
  public FailureReport {
    items = List.copyOf(items);
  }

  /**
   * One group.
   *
   * @param message what its sample tells in one line; may be empty
   */
  public record FailureItem(FailureGroup group, String message) {}
}
