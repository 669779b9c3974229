package io.mrq.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages in batches and in their order, without making their authors wait. A message that
 * finds nothing on its way is sent at once; those that arrive meanwhile form the next batch. A
 * thread exists only while there is something to send.
 *
 * <p>It is for messages that may be lost: one that finds the queue full, or that cannot be sent, is
 * dropped.
 *
 * @param <T> a message
 */
public final class BatchSender<T> {
  private static final Logger log = LoggerFactory.getLogger(BatchSender.class);
  private static final int MAX_BATCH = 1000;

  private final Executor executor;
  private final int capacity;
  private final Consumer<List<T>> send;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition nothingLeft = lock.newCondition();
  private final Deque<T> waiting = new ArrayDeque<>();
  private boolean sending;

  /**
   * Creates a sender that has nothing to send yet.
   *
   * @param executor runs the sending, one task at a time; with {@code Runnable::run} the thread
   *     that adds a message also sends it
   * @param capacity how many messages may wait; more are dropped
   * @param send sends a batch of up to 1,000 messages; if it throws, they are dropped
   */
  public BatchSender(Executor executor, int capacity, Consumer<List<T>> send) {
    this.executor = executor;
    this.capacity = capacity;
    this.send = send;
  }

  /**
   * Adds messages. This never waits and never throws.
   *
   * @return how many were dropped because too many are waiting
   */
  public int add(Collection<? extends T> messages) {
    int dropped = 0;
    lock.lock();
    try {
      for (T message : messages) {
        if (waiting.size() < capacity) {
          waiting.addLast(message);
        } else {
          dropped++;
        }
      }
    } finally {
      lock.unlock();
    }
    sendInTheBackground();
    return dropped;
  }

  /**
   * Waits until everything that was added is sent, or dropped.
   *
   * @param timeout at most this long
   */
  public void flush(Duration timeout) {
    sendInTheBackground();
    lock.lock();
    try {
      long left = timeout.toNanos();
      while ((sending || !waiting.isEmpty()) && left > 0) {
        left = nothingLeft.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void sendInTheBackground() {
    if (!begins()) {
      return;
    }
    try {
      executor.execute(this::sendAll);
    } catch (RuntimeException | Error e) {
      log.warn(
          "{} offers or key notes wait for the next one, because no thread could be started to send them: {}",
          ended(),
          e.toString());
    }
  }

  /** Whether the caller is to send: there is something to send, and nobody sends yet. */
  private boolean begins() {
    lock.lock();
    try {
      boolean begins = !sending && !waiting.isEmpty();
      sending |= begins;
      return begins;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody sends any more; answers how many messages are left. */
  private int ended() {
    lock.lock();
    try {
      sending = false;
      nothingLeft.signalAll();
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void sendAll() {
    boolean empty = false;
    try {
      while (!empty) {
        List<T> batch = next();
        empty = batch.isEmpty();
        if (!empty) {
          sendBatch(batch);
        }
      }
    } finally {
      if (!empty) {
        ended();
      }
    }
  }

  /**
   * The next batch; when it is empty, sending has ended, and whoever adds a message begins anew.
   */
  private List<T> next() {
    lock.lock();
    try {
      List<T> batch = new ArrayList<>(Math.min(MAX_BATCH, waiting.size()));
      while (batch.size() < MAX_BATCH && !waiting.isEmpty()) {
        batch.add(waiting.removeFirst());
      }
      if (batch.isEmpty()) {
        sending = false;
        nothingLeft.signalAll();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void sendBatch(List<T> batch) {
    try {
      send.accept(batch);
    } catch (RuntimeException e) {
      log.warn(
          "{} offers or key notes could not be sent and are dropped; no job is lost, a scheduler offers what is still queued",
          batch.size(),
          e);
    }
  }
}
