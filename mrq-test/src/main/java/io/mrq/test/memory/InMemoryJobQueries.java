package io.mrq.test.memory;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.store.FailureGroup;
import io.mrq.store.JobFilter;
import io.mrq.store.JobQueries;
import io.mrq.test.builder.JobBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looking at jobs in memory. */
final class InMemoryJobQueries implements JobQueries {
  private final InMemoryJobs jobs;

  InMemoryJobQueries(InMemoryJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public Optional<Job> find(JobId id) {
    return jobs.select(List.of(id), _ -> true).stream().findFirst();
  }

  @Override
  public List<Job> list(JobFilter filter, @Nullable JobId after, int limit) {
    return jobs
        .select(job -> passes(job, filter) && (after == null || job.id().compareTo(after) < 0))
        .stream()
        .sorted(Comparator.comparing(Job::id).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public List<Job> summaries(JobFilter filter, @Nullable JobId after, int limit) {
    return list(filter, after, limit).stream()
        .map(job ->
            JobBuilder.like(job).result(null).traceback(null).tracebackHistory(List.of()).build())
        .toList();
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

  static boolean passes(Job job, JobFilter filter) {
    return (filter.statuses().isEmpty() || filter.statuses().contains(job.status()))
        && passes(job.queue(), filter.queue())
        && passes(job.path(), filter.path())
        && passes(job.worker(), filter.worker())
        && passes(job.exceptiontype(), filter.exceptiontype())
        && passes(job.fingerprint(), filter.fingerprint())
        && passes(job.parent(), filter.parent())
        && wasMade(job.id(), filter);
  }

  private static boolean wasMade(JobId id, JobFilter filter) {
    return (filter.since() == null || id.compareTo(JobId.least(filter.since())) >= 0)
        && (filter.until() == null || id.compareTo(JobId.least(filter.until())) < 0);
  }

  private static boolean passes(@Nullable Object value, @Nullable Object wanted) {
    return wanted == null || wanted.equals(value);
  }
}
