package io.mrq.engine.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats one step on a thread of its own until it is stopped. Nothing that the step throws ends
 * the loop: it is logged, and the step is tried again, after 0.1 s at first, later after 5 s or a
 * given time at most.
 *
 * <p>The thread is a platform thread: tasks that keep every core busy must not silence it.
 */
public final class Loop {
  /** How long a stop waits for the loop's thread. */
  static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** How long a loop waits when there is not even memory to compute the wait. */
  private static final long WITHOUT_MEMORY_NANOS = 100_000_000;

  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  private final String name;
  private final Step step;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final ExponentialBackOff backOff;
  private final FailureLog failures;
  private boolean stopped;
  private boolean soon;
  private @Nullable Thread thread;

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
   * Creates a loop that is not running yet.
   *
   * @param name of its thread, in its log lines and in metrics
   */
  public Loop(String name, Step step) {
    this(name, step, new ExponentialBackOff(), System::nanoTime);
  }

  /**
   * Creates a loop that is not running yet.
   *
   * @param name of its thread, in its log lines and in metrics
   * @param longestWait before a step that failed is tried again
   */
  public Loop(String name, Step step, Duration longestWait) {
    this(name, step, new ExponentialBackOff(longestWait), System::nanoTime);
  }

  Loop(String name, Step step, ExponentialBackOff backOff, LongSupplier nanos) {
    this.name = name;
    this.step = step;
    this.backOff = backOff;
    this.failures = new FailureLog(name, nanos);
  }

  public String name() {
    return name;
  }

  /** How the last step failed; empty when it succeeded, or none has ended yet. */
  public Optional<LoopFailure> failure() {
    return failures.current();
  }

  /** Starts the loop; a second start changes nothing. */
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
   * fine. A loop that was stopped never starts again.
   */
  public void stop() {
    end();
    join(STOP_TIMEOUT);
  }

  /** Ends the loop without waiting for its thread. */
  void end() {
    lock.lock();
    try {
      stopped = true;
      if (thread != null && thread != Thread.currentThread()) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the thread of a loop that was told to end. */
  void join(Duration limit) {
    Thread running;
    lock.lock();
    try {
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    try {
      if (!running.join(limit)) {
        log.warn(
            "{} does not stop: its step ignores interrupts or takes too long; the stop goes on without waiting for it",
            name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void repeat() {
    while (!isStopped()) {
      try {
        pause(runOnce());
      } catch (Throwable e) {
        // Only a stop ends the loop; an interrupt from elsewhere ends just one wait.
      }
    }
  }

  // Catches everything, since code may throw checked exceptions that it does not declare.
  private long runOnce() throws InterruptedException {
    try {
      // A wait of centuries cannot be written in nanoseconds; this converts it to the longest.
      long next = TimeUnit.NANOSECONDS.convert(step.run());
      failures.succeeded();
      backOff.reset();
      return next;
    } catch (Throwable e) {
      if (isStopped()) {
        throw new InterruptedException();
      }
      failures.failed(e);
      return afterFailure();
    }
  }

  private long afterFailure() {
    try {
      return backOff.next().toNanos();
    } catch (Throwable noMemory) {
      return WITHOUT_MEMORY_NANOS;
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private void pause(long nanos) throws InterruptedException {
    long left = nanos;
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
