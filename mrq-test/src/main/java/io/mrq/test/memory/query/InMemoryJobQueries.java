package io.mrq.test.memory.query;

import io.mrq.failure.FailureGroup;
import io.mrq.job.AttemptRecord;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobCondition;
import io.mrq.query.JobCondition.ExceptionType;
import io.mrq.query.JobCondition.Fingerprint;
import io.mrq.query.JobCondition.Parent;
import io.mrq.query.JobCondition.Path;
import io.mrq.query.JobCondition.Queue;
import io.mrq.query.JobCondition.Since;
import io.mrq.query.JobCondition.Statuses;
import io.mrq.query.JobCondition.Until;
import io.mrq.query.JobCondition.Worker;
import io.mrq.query.JobFilter;
import io.mrq.query.JobPage;
import io.mrq.query.JobQueries;
import io.mrq.query.JobSummary;
import io.mrq.query.ShortValues;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.failure.FailureGroups;
import io.mrq.test.memory.job.InMemoryJobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Questions about jobs, in memory. */
public final class InMemoryJobQueries implements JobQueries {
  private final InMemoryJobs jobs;

  public InMemoryJobQueries(InMemoryJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public Optional<Job> find(JobId id) {
    return jobs.select(List.of(id), _ -> true).stream().findFirst();
  }

  @Override
  public List<Job> find(Collection<JobId> ids) {
    return jobs.select(ids, _ -> true);
  }

  @Override
  public JobPage<Job> page(JobFilter filter, @Nullable JobId after, int limit, long maxBytes) {
    List<Job> found = new ArrayList<>();
    long bytes = 0;
    for (Job job : newestFirst(filter, after)) {
      // About the size of a document.
      bytes += job.toString().length();
      if (found.size() == limit || (bytes > maxBytes && !found.isEmpty())) {
        return new JobPage<>(found, true);
      }
      found.add(job);
    }
    return new JobPage<>(found, false);
  }

  private List<Job> newestFirst(JobFilter filter, @Nullable JobId after) {
    return jobs
        .select(job -> passes(job, filter) && (after == null || job.id().compareTo(after) < 0))
        .stream()
        .sorted(Comparator.comparing(Job::id).reversed())
        .toList();
  }

  @Override
  public JobPage<JobSummary> summaries(JobFilter filter, @Nullable JobId after, int limit) {
    JobPage<Job> page = page(filter, after, limit, Long.MAX_VALUE);
    return new JobPage<>(
        page.jobs().stream().map(InMemoryJobQueries::summary).toList(), page.more());
  }

  private static JobSummary summary(Job job) {
    ShortValues values = new ShortValues();
    Job brief =
        JobBuilder.like(job)
            .params(values.object(job.params()))
            .others(values.object(job.others()))
            .result(null)
            .traceback(null)
            .tracebackHistory(List.of())
            .build();
    return new JobSummary(brief, values.cut());
  }

  @Override
  public long count(JobFilter filter, int most) {
    return Math.min(most, jobs.select(job -> passes(job, filter)).size());
  }

  @Override
  public List<FailureGroup> failures(JobFilter filter, Instant now, int limit) {
    return FailureGroups.of(jobs.select(job -> passes(job, filter)), now).limit(limit).toList();
  }

  @Override
  public Map<JobId, String> tracebacks(Collection<JobId> ids) {
    return jobs.select(ids, job -> job.traceback() != null).stream()
        .collect(Collectors.toMap(Job::id, job -> Objects.requireNonNull(job.traceback())));
  }

  @Override
  public Map<JobId, Instant> firstFailures(Collection<JobId> ids) {
    Map<JobId, Instant> found = new HashMap<>();
    for (Job job : jobs.select(ids, _ -> true)) {
      job.tracebackHistory().stream()
          .filter(attempt -> attempt.failure().exceptiontype().equals(job.exceptiontype()))
          .map(AttemptRecord::date)
          .min(Comparator.naturalOrder())
          .ifPresent(date -> found.put(job.id(), date));
    }
    return found;
  }

  @Override
  public List<String> queues(String prefix, int limit) {
    return names(Job::queue, prefix, limit);
  }

  @Override
  public List<String> paths(String prefix, int limit) {
    return names(Job::path, prefix, limit);
  }

  private List<String> names(Function<Job, String> name, String prefix, int limit) {
    return jobs.select(job -> name.apply(job).startsWith(prefix)).stream()
        .map(name)
        .distinct()
        .sorted()
        .limit(limit)
        .toList();
  }

  /** Whether all conditions of a filter hold for a job. */
  public static boolean passes(Job job, JobFilter filter) {
    return filter.conditions().stream().allMatch(condition -> passes(job, condition));
  }

  private static boolean passes(Job job, JobCondition condition) {
    return switch (condition) {
      case Statuses(Set<JobStatus> any) -> any.contains(job.status());
      case Queue(String name) -> name.equals(job.queue());
      case Path(String name) -> name.equals(job.path());
      case Worker(WorkerId id) -> id.equals(job.worker());
      case ExceptionType(String name) -> name.equals(job.exceptiontype());
      case Fingerprint(String text) -> text.equals(job.fingerprint());
      case Parent(JobId id) -> id.equals(job.parent());
      case Since(Instant date) -> job.id().compareTo(JobId.least(date)) >= 0;
      case Until(Instant date) -> job.id().compareTo(JobId.least(date)) < 0;
    };
  }
}
