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
 * Sends what nobody waits for: things are handed over at once, and those that gather while one
 * batch is on its way go together with the next. There is a thread only while there is something to
 * send. For messages that may be lost: what exceeds the bound, and what cannot be sent, is dropped.
 *
 * @param <T> what is sent
 */
public final class BatchSender<T> {
  private static final Logger log = LoggerFactory.getLogger(BatchSender.class);
  private static final int BATCH = 1000;

  private final Executor executor;
  private final Consumer<List<T>> send;
  private final LinkedBlockingQueue<T> waiting;
  private final AtomicBoolean sending = new AtomicBoolean();

  /**
   * Wires a sender.
   *
   * @param executor runs the sending, one task at a time; {@code Runnable::run} sends in the thread
   *     that hands over
   * @param bound how many things may wait
   * @param send sends up to 1,000 at once
   */
  public BatchSender(Executor executor, int bound, Consumer<List<T>> send) {
    this.executor = executor;
    this.send = send;
    this.waiting = new LinkedBlockingQueue<>(bound);
  }

  /**
   * Hands things over; never waits, never fails.
   *
   * @return how many were dropped, since too many wait already
   */
  public int add(Collection<? extends T> things) {
    int dropped = 0;
    for (T thing : things) {
      if (!waiting.offer(thing)) {
        dropped++;
      }
    }
    sendInTheBackground();
    return dropped;
  }

  /** Waits until all that was handed over is sent, but no longer than this. */
  public void flush(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
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
          "{} messages wait until the next one, since no thread starts: {}",
          waiting.size(),
          e.toString());
    }
  }

  private void sendAll() {
    try {
      List<T> batch = new ArrayList<>();
      while (waiting.drainTo(batch, BATCH) > 0) {
        sendOne(batch);
        batch = new ArrayList<>();
      }
    } finally {
      sending.set(false);
    }
    // One that came after the last look found this sender still at work.
    sendInTheBackground();
  }

  private void sendOne(List<T> batch) {
    try {
      send.accept(batch);
    } catch (RuntimeException e) {
      log.warn("{} messages were not sent", batch.size(), e);
    }
  }
}
