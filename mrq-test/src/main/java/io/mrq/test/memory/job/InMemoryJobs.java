package io.mrq.test.memory.job;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The jobs that all ports share. As in a document store every write is conditional: a call checks
 * and changes each job at one moment.
 */
public final class InMemoryJobs {
  /** By order; a job that Python enqueued may have none, and comes first. */
  public static final Comparator<Job> DISPATCH_ORDER =
      Comparator.<Job>comparingLong(job -> Objects.requireNonNullElse(job.order(), Long.MIN_VALUE))
          .thenComparing(Job::id);

  private final Availability availability;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<JobId, Job> byId = new TreeMap<>();

  public InMemoryJobs(Availability availability) {
    this.availability = availability;
  }

  /** Stores a job unless its id is taken. */
  public void insert(Job job) {
    locked(() -> byId.putIfAbsent(job.id(), job) == null);
  }

  /** Stores a job, in place of one with the same id. */
  public void put(Job job) {
    locked(() -> byId.put(job.id(), job) == null);
  }

  /** The jobs that pass, by id. */
  public List<Job> select(Predicate<Job> filter) {
    return locked(() -> byId.values().stream().filter(filter).toList());
  }

  /** Those of these jobs that pass. */
  public List<Job> select(Collection<JobId> ids, Predicate<Job> filter) {
    return locked(() -> present(ids).filter(filter).toList());
  }

  /** Changes every job that passes; returns them as they are now. */
  public List<Job> update(Predicate<Job> filter, UnaryOperator<Job> change) {
    return update(filter, Integer.MAX_VALUE, change);
  }

  /** Changes up to {@code limit} jobs that pass; returns them as they are now. */
  public List<Job> update(Predicate<Job> filter, int limit, UnaryOperator<Job> change) {
    return locked(
        () -> changed(byId.values().stream().filter(filter).limit(limit).toList(), change));
  }

  /** Changes those of these jobs that pass; returns them as they are now. */
  public List<Job> update(Collection<JobId> ids, Predicate<Job> filter, UnaryOperator<Job> change) {
    return locked(() -> changed(present(ids).filter(filter).toList(), change));
  }

  /** Deletes up to {@code limit} jobs that pass; returns how many. */
  public long delete(Predicate<Job> filter, int limit) {
    return locked(() -> {
      List<JobId> gone = byId.values().stream().filter(filter).limit(limit).map(Job::id).toList();
      gone.forEach(byId::remove);
      return (long) gone.size();
    });
  }

  /** The place of a job. Where Python wrote no order, it is computed as adoption would. */
  public static ReadyJob ready(Job job) {
    return new ReadyJob(job.id(), job.queue(), orderOf(job));
  }

  /** The order of a job, computed from its date where Python wrote none. */
  public static long orderOf(Job job) {
    Long order = job.order();
    return order == null
        ? JobOrder.of(Objects.requireNonNullElse(job.datequeued(), Instant.EPOCH), job.priority())
        : order;
  }

  /** Passes queued jobs of this queue. */
  public static Predicate<Job> queuedIn(String queue) {
    return job -> job.status() == JobStatus.QUEUED && job.queue().equals(queue);
  }

  /** Passes queued jobs of this queue that are not parked. */
  public static Predicate<Job> waitingIn(String queue) {
    return queuedIn(queue).and(job -> !ParkedLane.holds(job));
  }

  private Stream<Job> present(Collection<JobId> ids) {
    return new LinkedHashSet<>(ids).stream().filter(byId::containsKey).map(byId::get);
  }

  private List<Job> changed(List<Job> before, UnaryOperator<Job> change) {
    List<Job> after = new ArrayList<>(before.size());
    for (Job job : before) {
      Job now = change.apply(job);
      byId.put(now.id(), now);
      after.add(now);
    }
    return after;
  }

  private <T> T locked(Supplier<T> work) {
    availability.check();
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
