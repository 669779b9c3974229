package io.mrq.engine.log;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogStore;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines on their way to the store, in order. Adding lines never waits for the store; a
 * caller that needs them stored waits for a given time at most.
 */
final class JobLogOutbox {
  private static final Logger log = LoggerFactory.getLogger(JobLogs.class);
  private static final int MAX_BATCH = 500;

  private final AtomicLong buffered;
  private final WorkerEvents events;
  private final ReentrantLock sending = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final Deque<RunLog.Taken> unsent = new ArrayDeque<>();
  private long added;
  private long done;
  private boolean failing;
  private long due = System.nanoTime();

  /**
   * Creates an empty outbox.
   *
   * @param buffered the weight of all lines in memory; reduced by what is sent
   */
  JobLogOutbox(AtomicLong buffered, WorkerEvents events) {
    this.buffered = buffered;
    this.events = events;
  }

  /** Takes what a run has logged; answers whether there was anything. */
  boolean take(RunLog from, Instant now) {
    lock.lock();
    try {
      List<RunLog.Taken> taken = from.take(now);
      if (taken.isEmpty()) {
        return false;
      }
      unsent.addAll(taken);
      added += taken.size();
      work.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to send; answers whether the period is over. */
  boolean awaitWork(Duration period) throws InterruptedException {
    lock.lock();
    try {
      long left = due - System.nanoTime();
      while (left > 0 && unsent.isEmpty()) {
        left = work.awaitNanos(left);
      }
      if (left > 0) {
        return false;
      }
      due = System.nanoTime() + period.toNanos();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that was added before is sent, or the store fails. */
  void awaitSent(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long mark = added;
      long left = patience.toNanos();
      while (left > 0 && done < mark && !failing) {
        left = progress.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends everything. */
  void send(JobLogStore to) {
    sending.lock();
    try {
      List<RunLog.Taken> batch = next();
      while (!batch.isEmpty()) {
        append(to, batch);
        sent(batch);
        batch = next();
      }
    } catch (StoreUnavailableException e) {
      failed();
      throw e;
    } finally {
      sending.unlock();
    }
  }

  private void append(JobLogStore to, List<RunLog.Taken> batch) {
    List<JobLogChunk> chunks = batch.stream().map(RunLog.Taken::chunk).toList();
    try {
      to.append(chunks);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      // Another try would fail too, and later lines must not wait for it.
      int lines = chunks.stream().mapToInt(chunk -> chunk.lines().size()).sum();
      log.warn(
          "{} log lines of jobs were refused by the store, and are lost: {}",
          lines,
          e.getMessage());
      events.on(new WorkerEvent.LogLinesDropped(lines));
    }
  }

  private List<RunLog.Taken> next() {
    lock.lock();
    try {
      return new ArrayList<>(unsent.stream().limit(MAX_BATCH).toList());
    } finally {
      lock.unlock();
    }
  }

  private void sent(List<RunLog.Taken> batch) {
    buffered.addAndGet(-batch.stream().mapToLong(RunLog.Taken::weight).sum());
    lock.lock();
    try {
      for (int i = 0; i < batch.size(); i++) {
        unsent.remove();
      }
      done += batch.size();
      failing = false;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void failed() {
    lock.lock();
    try {
      failing = true;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
