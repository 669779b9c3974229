package io.mrq.engine.worker;

import io.mrq.engine.loop.LoopFailure;
import io.mrq.engine.loop.LoopGroup;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.job.Failure;
import io.mrq.job.JobOutcome;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a {@link Worker}: start, drain, stop. It is not started again; the worker makes a new
 * one, with an id, slots and loops of its own.
 */
final class WorkerSession {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private final WorkerOptions options;
  private final WorkerParts parts;
  private final RunningJobs runs;
  private final WorkerReport report;
  private final LoopGroup background;
  private final LoopGroup all;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch hurry = new CountDownLatch(1);

  WorkerSession(WorkerParts parts) {
    this.parts = parts;
    options = parts.options;
    runs = parts.runs;
    report = parts.report;
    background = new LoopGroup(parts.background);
    all = new LoopGroup(parts.loops());
  }

  /** Whether it was told to stop: it does not start again. */
  boolean isOver() {
    return stopping.get();
  }

  void start() {
    log.info(
        "worker {} serves {} with {} slots", options.name(), options.queues(), options.slots());
    all.start();
  }

  Map<String, Optional<LoopFailure>> loops() {
    return all.failures();
  }

  WorkerId id() {
    return parts.lease.id();
  }

  int busySlots() {
    return parts.slots.size() - parts.slots.free();
  }

  void hurry() {
    hurry.countDown();
  }

  void stop() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    report.phase("join");
    try {
      stopClaiming();
      drain();
      warnOfUnstored();
    } catch (InterruptedException e) {
      // Whoever stops the worker has no time.
      interruptAll();
      log.warn("the drain was interrupted: {} jobs will run again", runs.size());
      Thread.currentThread().interrupt();
    } finally {
      // Again: an interrupted thread may not have come to it.
      parts.polling.stop();
      parts.committing.stop();
      background.stop();
      parts.logs.storeTheRest();
      returnUnknownRuns();
      parts.beating.stop();
      farewell();
      log.info("worker {} stopped after {} jobs", options.name(), parts.done.sum());
    }
  }

  /** Other workers get what this one was woken for, and what it claimed without knowing it. */
  private void stopClaiming() throws InterruptedException {
    parts.poller.stopping();
    parts.polling.stop();
    parts.poller.stopped();
    parts.auditing.soon();
  }

  private void drain() throws InterruptedException {
    if (runs.size() > 0) {
      log.info("draining: {} jobs may end within {} s", runs.size(), options.drain().toSeconds());
    }
    await(runs::isEmpty, options.drain(), true);
    report.phase("killing");
    interruptAll();
    await(this::allEnded, options.grace(), false);
    runs.all().forEach(parts.outcomes::submit);
    await(runs::isEmpty, options.grace(), false);
  }

  /**
   * A claim that the stop interrupted may have won jobs that nobody here knows. Whoever rescued
   * them would count a crash.
   */
  private void returnUnknownRuns() {
    try {
      parts.audit.step();
    } catch (RuntimeException e) {
      // Nothing may keep the worker from its end; the rescue finds them, too.
      log.debug("no last audit", e);
    }
  }

  private void warnOfUnstored() {
    if (!runs.isEmpty()) {
      log.warn("{} outcomes are not stored; their jobs will run again", runs.size());
    }
  }

  private boolean allEnded() {
    return runs.all().stream().allMatch(RunningJob::hasBodyEnded);
  }

  private void interruptAll() {
    for (RunningJob running : runs.all()) {
      Failure failure =
          Failure.of(
              "JobInterrupt",
              "the worker was told to stop while the job ran here:\n" + running.stack());
      running.decide(
          new RunningJob.Ending.Stored(new JobOutcome.Interrupted(failure)), System.nanoTime());
      // Also when its end was decided before: it may go on for long after it has asked for a retry.
      running.interrupt();
    }
  }

  /** Says that this worker is gone, so that nobody waits for its beats to fail. */
  private void farewell() {
    report.phase("stop");
    try {
      Map<String, @Nullable Object> last = report.changing();
      last.put("lost", true);
      parts.workers.report(parts.lease.id(), last);
    } catch (StoreUnavailableException e) {
      log.debug("no farewell: {}", e.getMessage());
    }
  }

  private void await(BooleanSupplier condition, Duration most, boolean canHurry)
      throws InterruptedException {
    long begun = System.nanoTime();
    // Durations are compared: one of centuries has no form in nanoseconds.
    while (!condition.getAsBoolean()
        && Duration.ofNanos(System.nanoTime() - begun).compareTo(most) < 0) {
      boolean hurried = canHurry && hurry.await(20, TimeUnit.MILLISECONDS);
      if (hurried) {
        return;
      }
      if (!canHurry) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }
}
