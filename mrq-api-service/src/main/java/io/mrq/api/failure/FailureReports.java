package io.mrq.api.failure;

import io.mrq.api.failure.FailureReport.FailureItem;
import io.mrq.api.load.SharedAnswers;
import io.mrq.failure.FailureGroup;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import io.mrq.query.JobQueries;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads groups of failures, once for all callers who ask the same. */
@Component
public class FailureReports {
  /** Jobs that ended without success and were not cancelled. */
  public static final JobFilter FAILED =
      JobFilter.ALL.statuses(
          EnumSet.of(
              JobStatus.FAILED, JobStatus.TIMEOUT, JobStatus.MAXRETRIES, JobStatus.MAXCONCURRENCY));

  /** How many groups are read; there may be more, smaller ones. */
  static final int MAX_GROUPS = 500;

  private final JobQueries jobs;
  private final InstantSource clock = InstantSource.system();
  private final SharedAnswers<JobFilter, Groups> groups = new SharedAnswers<>();
  private final SharedAnswers<Question, FailureReport> answers = new SharedAnswers<>();

  private record Question(JobFilter filter, FailureOrder order, int limit) {}

  private record Groups(Instant at, List<FailureGroup> all, FailureTotals totals) {}

  FailureReports(JobQueries jobs) {
    this.jobs = jobs;
  }

  /**
   * Groups of the jobs that match the filter.
   *
   * @param limit how many groups at the most
   */
  public FailureReport of(JobFilter filter, FailureOrder order, int limit) {
    return answers.get(
        new Question(filter, order, limit),
        () -> report(groups.get(filter, () -> groups(filter)), order, limit));
  }

  private Groups groups(JobFilter filter) {
    Instant now = clock.instant();
    List<FailureGroup> found = jobs.failures(filter, now, MAX_GROUPS + 1);
    List<FailureGroup> all = found.size() > MAX_GROUPS ? found.subList(0, MAX_GROUPS) : found;
    return new Groups(
        now, withFirstFailures(all), FailureTotals.of(all, found.size() > MAX_GROUPS));
  }

  /** A requeued job has a new date of failure; its history tells when it first failed. */
  private List<FailureGroup> withFirstFailures(List<FailureGroup> all) {
    Map<JobId, Instant> first = jobs.firstFailures(all.stream().map(FailureGroup::oldest).toList());
    return all.stream()
        .map(group -> {
          Instant earliest = first.get(group.oldest());
          Instant known = group.first();
          return earliest != null && (known == null || earliest.isBefore(known))
              ? group.first(earliest)
              : group;
        })
        .toList();
  }

  private FailureReport report(Groups groups, FailureOrder order, int limit) {
    List<FailureGroup> shown = groups.all.stream().sorted(order.comparator()).limit(limit).toList();
    Map<JobId, String> traces = jobs.tracebacks(shown.stream().map(FailureGroup::sample).toList());
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
