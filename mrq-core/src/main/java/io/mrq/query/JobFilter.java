package io.mrq.query;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Selects jobs: those for which every condition holds. Built step by step, such as {@code
 * JobFilter.ALL.queue("mails").statuses(Set.of(FAILED))}; each step replaces an earlier condition
 * on the same field. Filters with equal conditions are equal.
 *
 * @param conditions at most one for each field; kept in the order of {@link FilterField}
 */
public record JobFilter(List<JobCondition> conditions) {
  /** Selects every job. */
  public static final JobFilter ALL = new JobFilter(List.of());

  public JobFilter {
    conditions = conditions.stream().sorted(Comparator.comparing(JobCondition::field)).toList();
    if (conditions.stream().map(JobCondition::field).distinct().count() < conditions.size()) {
      throw new IllegalArgumentException("two conditions on one field: " + conditions);
    }
  }

  /** This filter with one more condition, which replaces that on the same field. */
  public JobFilter with(JobCondition condition) {
    List<JobCondition> all = new ArrayList<>(without(condition.field()).conditions);
    all.add(condition);
    return new JobFilter(all);
  }

  /** This filter without a condition on any of these fields. */
  public JobFilter without(FilterField... fields) {
    Set<FilterField> dropped = Set.of(fields);
    return new JobFilter(
        conditions.stream().filter(condition -> !dropped.contains(condition.field())).toList());
  }

  /** The condition of this kind; empty when the filter has none. */
  public <C extends JobCondition> Optional<C> find(Class<C> kind) {
    return conditions.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** The statuses of which the job must be in one; empty when it may be in any. */
  public Set<JobStatus> statuses() {
    return find(JobCondition.Statuses.class).map(JobCondition.Statuses::any).orElse(Set.of());
  }

  /**
   * Demands one of these statuses.
   *
   * @param any empty: the job may be in any status
   */
  public JobFilter statuses(Set<JobStatus> any) {
    return any.isEmpty() ? without(FilterField.STATUS) : with(new JobCondition.Statuses(any));
  }

  /** Demands this queue. */
  public JobFilter queue(String name) {
    return with(new JobCondition.Queue(name));
  }

  /** Demands this task. */
  public JobFilter path(String task) {
    return with(new JobCondition.Path(task));
  }

  /** Demands that this worker runs the job, or ran it last. */
  public JobFilter worker(WorkerId id) {
    return with(new JobCondition.Worker(id));
  }

  /** Demands this exception type of the last failure. */
  public JobFilter exceptiontype(String name) {
    return with(new JobCondition.ExceptionType(name));
  }

  /** Demands this fingerprint of the last failure. */
  public JobFilter fingerprint(String text) {
    return with(new JobCondition.Fingerprint(text));
  }

  /** Demands that a run of this job enqueued the job. */
  public JobFilter parent(JobId id) {
    return with(new JobCondition.Parent(id));
  }

  /** Demands that the job was enqueued then or later, to the second. */
  public JobFilter since(Instant date) {
    return with(new JobCondition.Since(date));
  }

  /** Demands that the job was enqueued before then, to the second. */
  public JobFilter until(Instant date) {
    return with(new JobCondition.Until(date));
  }
}
