package io.mrq.client;

import io.mrq.job.NewJob;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets single enqueues that arrive at the same time share one insert. One caller leads: it inserts
 * its own job and those of all callers that wait, then makes the next waiting caller the leader,
 * and only then tells its own group.
 *
 * <p>The trouble of one caller does not reach the others. When the leader is interrupted, the next
 * leader inserts the jobs of the group. When the insert fails although the store is there, each
 * caller inserts its own job alone. Sending a job twice does no harm, since its id was chosen
 * before. No two callers get the same exception object.
 */
final class InsertGroup {
  private static final int MAX_GROUP = 1000;

  private final JobStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Caller> waiting = new ArrayDeque<>();
  private boolean led;

  InsertGroup(JobStore store) {
    this.store = store;
  }

  /** Returns when the job is stored; throws what the store threw. */
  void insert(NewJob job) {
    Caller own = new Caller(job);
    join(own);
    switch (own.await()) {
      case LEAD -> lead(own);
      case ALONE -> store.insert(List.of(job));
      case STORED -> {}
      case FAILED -> throw own.failure();
      case WAIT -> throw new IllegalStateException("a caller went on without being told");
    }
  }

  private void join(Caller own) {
    lock.lock();
    try {
      waiting.addLast(own);
      if (!led) {
        led = true;
        waiting.removeFirst().turn = Turn.LEAD;
      }
    } finally {
      lock.unlock();
    }
  }

  private void lead(Caller own) {
    List<Caller> others = List.of();
    try {
      others = new ArrayList<>();
      if (!Thread.currentThread().isInterrupted()) {
        takeWaiting(others);
      }
      store.insert(jobs(own, others));
    } catch (StoreUnavailableException e) {
      if (Thread.currentThread().isInterrupted()) {
        handOn(others);
      } else {
        handOn(List.of());
        for (Caller caller : others) {
          caller.fail(e);
        }
      }
      throw e;
    } catch (RuntimeException e) {
      dissolve(others);
      if (others.isEmpty()) {
        throw e;
      }
      store.insert(List.of(own.job));
      return;
    } catch (Error e) {
      dissolve(others);
      throw e;
    }
    handOn(List.of());
    others.forEach(caller -> caller.tell(Turn.STORED));
  }

  /** A caller leaves the line only when it is in the group: without memory none of them is lost. */
  private void takeWaiting(List<Caller> group) {
    lock.lock();
    try {
      while (group.size() < MAX_GROUP - 1 && !waiting.isEmpty()) {
        group.add(waiting.getFirst());
        waiting.removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  private static List<NewJob> jobs(Caller own, List<Caller> others) {
    List<NewJob> jobs = new ArrayList<>(others.size() + 1);
    jobs.add(own.job);
    others.forEach(caller -> jobs.add(caller.job));
    return jobs;
  }

  /** One job of the group cannot be stored; trying each of them alone shows which. */
  private void dissolve(List<Caller> others) {
    handOn(List.of());
    for (Caller caller : others) {
      caller.tell(Turn.ALONE);
    }
  }

  /**
   * Makes the next in line the leader.
   *
   * @param again callers whose jobs are not stored yet; they come first
   */
  private void handOn(List<Caller> again) {
    Caller next;
    lock.lock();
    try {
      again.reversed().forEach(waiting::addFirst);
      next = waiting.pollFirst();
      led = next != null;
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.tell(Turn.LEAD);
    }
  }

  /** What a caller does next. */
  private enum Turn {
    WAIT,
    /** It inserts its own job and those of all who wait. */
    LEAD,
    /** It inserts its own job alone. */
    ALONE,
    STORED,
    FAILED
  }

  private static final class Caller {
    private final NewJob job;
    private final Thread thread = Thread.currentThread();
    private volatile Turn turn = Turn.WAIT;
    private volatile @Nullable StoreUnavailableException cause;

    Caller(NewJob job) {
      this.job = job;
    }

    /** Waits for its turn; an interrupt meanwhile is kept for the caller's own code. */
    Turn await() {
      boolean interrupted = false;
      while (turn == Turn.WAIT) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        thread.interrupt();
      }
      return turn;
    }

    void tell(Turn next) {
      turn = next;
      LockSupport.unpark(thread);
    }

    void fail(StoreUnavailableException shared) {
      cause = shared;
      tell(Turn.FAILED);
    }

    StoreUnavailableException failure() {
      StoreUnavailableException shared = cause;
      String message = shared == null ? null : shared.getMessage();
      return new StoreUnavailableException(String.valueOf(message), shared);
    }
  }
}
