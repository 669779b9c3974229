package io.mrq.loop;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats one step on a thread of its own until it is stopped. An error of the step is logged once
 * when it begins and once when it is over; meanwhile the step is tried again, after 0.1 s at first
 * and after 5 s at the most (BUG-43).
 *
 * <p>The thread is a platform thread: tasks that keep every core busy must not silence it (BUG-58).
 */
public final class Loop {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Step step;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private boolean stopped;
  private boolean soon;
  private @Nullable Thread thread;
  private final GrowingWait failing = new GrowingWait();

  /** One step of a loop. */
  @FunctionalInterface
  public interface Step {
    /**
     * Runs once.
     *
     * @return how long to wait before the next step; zero: at once
     * @throws InterruptedException when the loop is being stopped
     */
    Duration run() throws InterruptedException;
  }

  /**
   * Makes a loop that is not running yet.
   *
   * @param name of its thread and in its log lines
   */
  public Loop(String name, Step step) {
    this.name = name;
    this.step = step;
  }

  /** Starts it; a second start changes nothing. */
  public void start() {
    lock.lock();
    try {
      if (thread == null && !stopped) {
        thread = Thread.ofPlatform().name(name).daemon().start(this::repeat);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs the next step now instead of after its wait. */
  public void soon() {
    lock.lock();
    try {
      soon = true;
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the loop: interrupts its step and waits for the thread for at most 5 s; stopping twice is
   * fine.
   */
  public void stop() {
    Thread running;
    lock.lock();
    try {
      stopped = true;
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running != null && running != Thread.currentThread()) {
      running.interrupt();
      join(running);
    }
  }

  private static void join(Thread running) {
    try {
      running.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void repeat() {
    try {
      while (!isStopped()) {
        pause(runOnce());
      }
    } catch (InterruptedException e) {
      log.debug("{} ends", name);
    }
  }

  private Duration runOnce() throws InterruptedException {
    try {
      Duration wait = step.run();
      if (!failing.isFresh()) {
        log.info("{} goes on", name);
        failing.reset();
      }
      return wait;
    } catch (RuntimeException | Error e) {
      if (isStopped()) {
        throw new InterruptedException();
      }
      return failed(e);
    }
  }

  private Duration failed(Throwable e) {
    if (failing.isFresh()) {
      log.warn("{} cannot go on, and keeps trying: {}", name, String.valueOf(e));
      log.debug("{}", name, e);
    }
    return failing.next();
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lock();
    try {
      while (left > 0 && !soon && !stopped) {
        left = change.awaitNanos(left);
      }
      soon = false;
    } finally {
      lock.unlock();
    }
  }
}
