package io.mrq.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages in batches, without making their authors wait. Messages that arrive while a batch
 * is on its way form the next batch. A thread exists only while there is something to send.
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
  private final Consumer<List<T>> send;
  private final LinkedBlockingQueue<T> waiting;
  private final AtomicBoolean sending = new AtomicBoolean();

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
    this.send = send;
    this.waiting = new LinkedBlockingQueue<>(capacity);
  }

  /**
   * Adds messages. This never waits and never throws.
   *
   * @return how many were dropped because too many are waiting
   */
  public int add(Collection<? extends T> messages) {
    int dropped = 0;
    for (T message : messages) {
      if (!waiting.offer(message)) {
        dropped++;
      }
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
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while ((sending.get() || !waiting.isEmpty()) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendInTheBackground() {
    if (waiting.isEmpty() || !sending.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::sendAll);
    } catch (RuntimeException | Error e) {
      sending.set(false);
      log.warn(
          "{} offers or key notes wait for the next one, because no thread could be started to send them: {}",
          waiting.size(),
          e.toString());
    }
  }

  private void sendAll() {
    try {
      List<T> batch = new ArrayList<>();
      while (waiting.drainTo(batch, MAX_BATCH) > 0) {
        sendBatch(batch);
        batch = new ArrayList<>();
      }
    } finally {
      sending.set(false);
    }
    // A message that was added just before found this thread still sending, and started no other.
    sendInTheBackground();
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
