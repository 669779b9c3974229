package io.mrq.engine.claim;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads and starts what claims have won on a thread of its own, beside the next take and claim, one
 * claim after the other. When two claims wait to be loaded, the caller of the third waits: so no
 * more are on their way than make sense, and jobs start in the order of their claims.
 *
 * <p>The thread is a platform thread: tasks that keep every core busy must not silence it. It ends
 * when there was nothing to load for a while.
 */
public final class ClaimLoads implements LoadExecutor {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration KEEP_THREAD = Duration.ofSeconds(10);

  private final AtomicInteger unfinished = new AtomicInteger();
  private final ThreadPoolExecutor loader;

  public ClaimLoads() {
    loader =
        new ThreadPoolExecutor(
            1,
            1,
            KEEP_THREAD.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(1),
            Thread.ofPlatform().name("mrq-loader").daemon().factory(),
            ClaimLoads::waitForRoom);
    loader.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable load) {
    unfinished.incrementAndGet();
    loader.execute(() -> {
      try {
        load.run();
      } finally {
        unfinished.decrementAndGet();
      }
    });
  }

  @Override
  public boolean isIdle() {
    return unfinished.get() == 0;
  }

  /** What finds no room when the worker stops is not loaded: the audit returns it. */
  private static void waitForRoom(Runnable load, ThreadPoolExecutor loader) {
    try {
      boolean waiting = !loader.isShutdown();
      while (waiting) {
        waiting =
            !loader.getQueue().offer(load, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                && !loader.isShutdown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends a load that cannot reach the store, and waits for its thread for a second; the audit
   * returns what its claim won.
   */
  public void stop() {
    loader.shutdownNow();
    try {
      boolean _ = loader.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
