package io.mrq.await;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.query.JobQueries;
import io.mrq.store.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for jobs to end, for all callers of a process together. As long as somebody waits, one
 * thread reads the statuses of all jobs that are waited for: one command for each 1,000 jobs, and
 * one more that loads those which have ended. It reads at once for a caller who comes, then after
 * 50 ms, and then ever less often until it is once a second; never more often than every 50 ms,
 * however many callers come and go. A caller learns of the end of a job that took long up to a
 * second late.
 *
 * <p>When the store does not answer, the callers wait on. Safe for use by many threads.
 */
public final class JobWaits {
  private final WaitedJobs jobs;
  private final Executor background;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final WaitPlan plan = new WaitPlan(System.nanoTime());
  private boolean watched;
  private boolean closed;

  /**
   * Makes waits for jobs of this store.
   *
   * @param background gives the reads a thread, such as {@code Thread::startVirtualThread}; one at
   *     a time, and none while nobody waits
   */
  public JobWaits(JobStore store, JobQueries queries, Executor background) {
    this.jobs = new WaitedJobs(store, queries);
    this.background = background;
  }

  /**
   * Waits until a job has ended.
   *
   * @param timeout how long at most, more than zero
   * @return the job with its final status, whichever that is
   * @throws JobNotFoundException when there is no such job, or not any more
   * @throws AwaitTimeoutException when it has not ended in time
   * @throws IllegalStateException when the client is closed, or its thread ends
   * @throws InterruptedException when this thread is interrupted
   */
  public Job await(JobId id, Duration timeout) throws InterruptedException {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be more than zero, but is " + timeout);
    }
    JobWait wait = begin(id);
    try {
      return wait.ended().get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AwaitTimeoutException(id, timeout, wait.status(), wait.trouble());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JobNotFoundException) {
        throw new JobNotFoundException(id);
      }
      throw new IllegalStateException(
          "the wait for job %s was ended: %s".formatted(id, e.getCause()), e.getCause());
    } finally {
      wait.ended().cancel(false);
    }
  }

  /**
   * Returns a future of the ended job, for which no thread waits. It fails with the exceptions of
   * {@link #await}, except that it has no timeout of its own: give it one, since its job is read
   * until the job has ended or the future is done. Whatever depends on it runs in the thread that
   * reads for all, so it must not wait.
   */
  public CompletableFuture<Job> ended(JobId id) {
    return begin(id).ended();
  }

  /** Ends all waits, now and later. Call it before the connections of the store are closed. */
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    endAll(new IllegalStateException("the client was closed"));
  }

  private JobWait begin(JobId id) {
    JobWait wait = new JobWait(id);
    boolean first;
    lock.lock();
    try {
      if (closed) {
        wait.ended().completeExceptionally(new IllegalStateException("the client is closed"));
        return wait;
      }
      if (plan.add(wait, System.nanoTime())) {
        changed.signal();
      }
      first = !watched;
      watched = true;
    } finally {
      lock.unlock();
    }
    if (first) {
      watchInTheBackground();
    }
    return wait;
  }

  private void watchInTheBackground() {
    try {
      background.execute(this::watch);
    } catch (RuntimeException | Error e) {
      endAll(e);
      throw e;
    }
  }

  private void watch() {
    try {
      List<JobWait> due = nextDue();
      while (!due.isEmpty()) {
        jobs.read(due);
        wereRead(due);
        due = nextDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      endAll(e);
    } catch (Throwable e) {
      endAll(e);
    }
  }

  /** Waits until a read is due; answers with nobody when nobody waits, and then has ended. */
  private List<JobWait> nextDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      OptionalLong left = plan.untilNext(System.nanoTime());
      while (left.isPresent() && left.getAsLong() > 0) {
        changed.awaitNanos(left.getAsLong());
        left = plan.untilNext(System.nanoTime());
      }
      watched = left.isPresent();
      return watched ? plan.due(System.nanoTime()) : List.of();
    } finally {
      lock.unlock();
    }
  }

  private void wereRead(List<JobWait> served) {
    lock.lock();
    try {
      plan.read(served, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /** Tells all callers why nobody reads for them any more; one who comes later begins anew. */
  private void endAll(Throwable why) {
    List<JobWait> all;
    lock.lock();
    try {
      all = plan.clear();
      watched = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    all.forEach(wait -> wait.ended().completeExceptionally(why));
  }
}
