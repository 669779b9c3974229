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
 * A {@link Worker} from one start to the next stop. It is never started again: the worker makes a
 * new one, with its own id, slots and loops.
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

  /** Whether it was told to stop. */
  boolean isOver() {
    return stopping.get();
  }

  void start() {
    log.info(
        "worker {} serves {} with {} slots",
        options.name(),
        options.queues().names(),
        options.slots());
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
      // The caller does not want to wait any longer.
      interruptAll();
      log.warn("the drain was cut short: {} jobs are interrupted and will run again", runs.size());
      Thread.currentThread().interrupt();
    } finally {
      // Again, since an interrupted drain may not have done so.
      each(
          parts.polling::stop,
          parts.held::close,
          parts.loads::stop,
          parts.returning::stop,
          parts.held::returnRest,
          parts.committing::stop,
          background::stop,
          parts.logs::storeRemaining,
          this::returnUnknownRuns,
          parts.beating::stop,
          this::markGone);
      log.info("worker {} stopped after {} jobs", options.name(), parts.done.sum());
    }
  }

  /** Whatever one of these steps throws, the next follow: the beat must not go on for ever. */
  private static void each(Runnable... steps) {
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        log.warn("a part of the worker could not be stopped, and the stop goes on", e);
      }
    }
  }

  /** Stops claiming; wake-ups that are on their way here are passed on to other workers. */
  private void stopClaiming() throws InterruptedException {
    parts.poller.stopping();
    parts.polling.stop();
    parts.poller.stopped();
    parts.held.close();
    parts.returning.start();
    parts.auditing.soon();
  }

  private void drain() throws InterruptedException {
    if (runs.size() > 0) {
      log.info(
          "draining: {} running jobs have {} s to finish; then they are interrupted and put back into their queues",
          runs.size(),
          options.stop().drain().toSeconds());
    }
    await(runs::isEmpty, options.stop().drain(), true);
    report.phase("killing");
    interruptAll();
    await(this::allEnded, options.stop().grace(), false);
    runs.all().forEach(parts.outcomes::submit);
    await(runs::isEmpty, options.stop().grace(), false);
  }

  /**
   * Puts back jobs that a claim has won which the stop interrupted before its answer came, and
   * those whose giving back was never answered. A rescue of these jobs would count as a crash.
   */
  private void returnUnknownRuns() {
    runs.claimsAreCut();
    try {
      parts.audit.step();
    } catch (RuntimeException e) {
      // The worker stops all the same; a rescue finds these jobs later.
      log.debug("the last audit failed", e);
    }
  }

  private void warnOfUnstored() {
    if (!runs.isEmpty()) {
      log.warn(
          "{} outcomes could not be stored before the stop: their jobs will run again",
          runs.size());
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
          new RunningJob.Ending.ToStore(new JobOutcome.Interrupted(failure)), System.nanoTime());
      // Also when its outcome was decided before: a task may go on after it has asked for a retry.
      running.interrupt();
    }
  }

  /** Marks the worker as gone, so that its jobs need not wait until its beats are missed. */
  private void markGone() {
    report.phase("stop");
    try {
      Map<String, @Nullable Object> last = report.changing();
      last.put("lost", true);
      parts.workers.report(parts.lease.id(), last);
    } catch (StoreUnavailableException e) {
      log.debug("the worker could not be marked as gone: {}", e.getMessage());
    }
  }

  private void await(BooleanSupplier condition, Duration limit, boolean canHurry)
      throws InterruptedException {
    long begun = System.nanoTime();
    // Compares durations, since one of centuries cannot be written in nanoseconds.
    while (!condition.getAsBoolean()
        && Duration.ofNanos(System.nanoTime() - begun).compareTo(limit) < 0) {
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
