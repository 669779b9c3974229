package io.mrq.api.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes lines from the thread that reads them to the one that stores their jobs, which takes all
 * that are there: the slower it is, the larger its batches are. The reader waits while a batch is
 * full.
 */
final class LineFeed {
  /** How many lines a batch has at most. */
  static final int MAX_LINES = 1000;

  /** How many bytes the lines of a batch have at most; a single line may have more. */
  static final int MAX_BYTES = 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Batch waiting;
  private boolean ended;
  private boolean closed;

  /**
   * Lines that follow each other.
   *
   * @param last the number of the last line; blank ones are not among the lines
   * @param bytes of these lines as they were sent
   */
  record Batch(List<ReadLine> lines, long last, long bytes) {
    private boolean hasRoomFor(Batch next) {
      return lines.size() + next.lines.size() <= MAX_LINES && bytes + next.bytes <= MAX_BYTES;
    }

    private Batch with(Batch next) {
      List<ReadLine> all = new ArrayList<>(lines);
      all.addAll(next.lines);
      return new Batch(all, next.last, bytes + next.bytes);
    }
  }

  /** Adds lines, and waits until there is room for them; false when nobody takes any more. */
  boolean put(Batch next) throws InterruptedException {
    lock.lock();
    try {
      while (waiting != null && !waiting.hasRoomFor(next) && !closed) {
        changed.await();
      }
      if (closed) {
        return false;
      }
      waiting = waiting == null ? next : waiting.with(next);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes all lines that are there, and waits until there are some; null at the end. */
  @Nullable Batch take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting == null && !ended) {
        changed.await();
      }
      Batch taken = waiting;
      waiting = null;
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** No lines follow. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody takes any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
