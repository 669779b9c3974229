package io.mrq.api.failure;

import io.mrq.api.failure.FailureReport.FailureItem;
import io.mrq.api.shared.SharedAnswers;
import io.mrq.client.JobInspector;
import io.mrq.failure.FailureGroup;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Groups failures, once for all who ask the same. */
@Component
public class FailureReports {
  /** Jobs that ended in a way that somebody should look at. */
  public static final JobFilter FAILED =
      JobFilter.ALL.statuses(
          EnumSet.of(
              JobStatus.FAILED, JobStatus.TIMEOUT, JobStatus.MAXRETRIES, JobStatus.MAXCONCURRENCY));

  /** The smaller groups of so many are only known to be there. */
  static final int MAX_GROUPS = 500;

  private final JobInspector inspector;
  private final InstantSource clock = InstantSource.system();
  private final SharedAnswers<JobFilter, Groups> groups = new SharedAnswers<>();
  private final SharedAnswers<Question, FailureReport> answers = new SharedAnswers<>();

  private record Question(JobFilter filter, FailureOrder order, int limit) {}

  private record Groups(Instant at, List<FailureGroup> all, FailureTotals totals) {}

  FailureReports(JobInspector inspector) {
    this.inspector = inspector;
  }

  /**
   * Groups among the jobs that pass the filter.
   *
   * @param limit how many at most
   */
  public FailureReport of(JobFilter filter, FailureOrder order, int limit) {
    return answers.get(
        new Question(filter, order, limit),
        () -> report(groups.get(filter, () -> groups(filter)), order, limit));
  }

  private Groups groups(JobFilter filter) {
    Instant now = clock.instant();
    List<FailureGroup> found = inspector.failures(filter, now, MAX_GROUPS + 1);
    List<FailureGroup> all = found.size() > MAX_GROUPS ? found.subList(0, MAX_GROUPS) : found;
    return new Groups(now, honest(all), FailureTotals.of(all, found.size() > MAX_GROUPS));
  }

  /** A requeue moves the dates of last failures: what failed first is told by the histories. */
  private List<FailureGroup> honest(List<FailureGroup> all) {
    Map<JobId, Instant> first =
        inspector.firstFailures(all.stream().map(FailureGroup::oldest).toList());
    return all.stream()
        .map(group -> {
          Instant told = first.get(group.oldest());
          Instant now = group.first();
          return told != null && (now == null || told.isBefore(now)) ? group.first(told) : group;
        })
        .toList();
  }

  private FailureReport report(Groups groups, FailureOrder order, int limit) {
    List<FailureGroup> shown = groups.all.stream().sorted(order.comparator()).limit(limit).toList();
    Map<JobId, String> traces =
        inspector.tracebacks(shown.stream().map(FailureGroup::sample).toList());
    return new FailureReport(
        groups.at,
        shown.stream()
            .map(group ->
                new FailureItem(
                    group, TracebackMessage.of(traces.getOrDefault(group.sample(), ""))))
            .toList(),
        groups.totals);
  }
}
