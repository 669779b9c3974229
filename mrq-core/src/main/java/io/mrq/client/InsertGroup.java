package io.mrq.client;

import io.mrq.job.NewJob;
import io.mrq.store.JobStore;
import io.mrq.store.NotStorableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets single enqueues that arrive together share one insert (protocol §4): whoever gets the lock
 * inserts for all that queued up behind it, and they find their work done.
 */
final class InsertGroup {
  private static final int MAX = 1000;

  private final JobStore store;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock leader = new ReentrantLock();

  InsertGroup(JobStore store) {
    this.store = store;
  }

  /** Returns when the job is stored; throws what the store threw. */
  void insert(NewJob job) {
    Waiting own = new Waiting(job);
    waiting.add(own);
    while (!own.done) {
      leader.lock();
      try {
        if (!own.done) {
          insert(gather());
        }
      } finally {
        leader.unlock();
      }
    }
    own.rethrow();
  }

  private List<Waiting> gather() {
    List<Waiting> group = new ArrayList<>();
    Waiting next;
    while (group.size() < MAX && (next = waiting.poll()) != null) {
      group.add(next);
    }
    return group;
  }

  private void insert(List<Waiting> group) {
    try {
      store.insert(group.stream().map(w -> w.job).toList());
      group.forEach(w -> w.finish(null));
    } catch (NotStorableException e) {
      // One of them can never be stored; which one is learnt by trying each alone.
      group.forEach(this::insertAlone);
    } catch (RuntimeException | Error e) {
      // Whatever it was: a caller that is not finished would wait for ever.
      group.forEach(w -> w.finish(e));
    }
  }

  private void insertAlone(Waiting one) {
    try {
      store.insert(List.of(one.job));
      one.finish(null);
    } catch (RuntimeException | Error e) {
      one.finish(e);
    }
  }

  private static final class Waiting {
    private final NewJob job;
    private volatile boolean done;
    private volatile @Nullable Throwable error;

    Waiting(NewJob job) {
      this.job = job;
    }

    void finish(@Nullable Throwable failure) {
      error = failure;
      done = true;
    }

    void rethrow() {
      switch (error) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> {}
      }
    }
  }
}
