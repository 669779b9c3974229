package io.mrq.api.failure;

import io.mrq.api.failure.FailureReport.FailureItem;
import io.mrq.api.shared.SharedAnswers;
import io.mrq.client.JobInspector;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.store.FailureGroup;
import io.mrq.store.JobFilter;
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

  private final JobInspector inspector;
  private final InstantSource clock = InstantSource.system();
  private final SharedAnswers<Question, FailureReport> answers = new SharedAnswers<>();

  private record Question(JobFilter filter, int limit) {}

  FailureReports(JobInspector inspector) {
    this.inspector = inspector;
  }

  /** The largest groups among the jobs that pass the filter, at most so many. */
  public FailureReport of(JobFilter filter, int limit) {
    return answers.get(new Question(filter, limit), () -> compute(filter, limit));
  }

  private FailureReport compute(JobFilter filter, int limit) {
    Instant now = clock.instant();
    List<FailureGroup> found = inspector.failures(filter, now, limit + 1);
    List<FailureGroup> shown = found.size() > limit ? found.subList(0, limit) : found;
    Map<JobId, String> traces =
        inspector.tracebacks(shown.stream().map(FailureGroup::sample).toList());
    return new FailureReport(
        now,
        shown.stream()
            .map(group ->
                new FailureItem(
                    group, TracebackMessage.of(traces.getOrDefault(group.sample(), ""))))
            .toList(),
        found.size() > limit);
  }
}
