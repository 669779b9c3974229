package io.mrq.api.failure;

import io.mrq.failure.FailureGroup;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sums of groups of failures.
 *
 * @param jobs how many jobs
 * @param groups how many groups
 * @param last when the most recent of the jobs failed; null when none has a date
 * @param more whether there are more, smaller groups that are not counted here
 */
public record FailureTotals(long jobs, int groups, @Nullable Instant last, boolean more) {
  static FailureTotals of(List<FailureGroup> groups, boolean more) {
    return new FailureTotals(
        groups.stream().mapToLong(FailureGroup::count).sum(),
        groups.size(),
        groups.stream()
            .map(FailureGroup::last)
            .filter(Objects::nonNull)
            .max(Comparator.<Instant>naturalOrder())
            .orElse(null),
        more);
  }
}
