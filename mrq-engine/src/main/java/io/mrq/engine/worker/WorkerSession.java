package io.mrq.engine.worker;

import io.mrq.engine.claim.JobClaimer;
import io.mrq.engine.claim.PausedQueues;
import io.mrq.engine.claim.QueuePoller;
import io.mrq.engine.complete.JobCompleter;
import io.mrq.engine.complete.OutcomeEncoder;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.lease.WorkerHeartbeat;
import io.mrq.engine.lease.WorkerLease;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.loop.Loop;
import io.mrq.engine.loop.LoopFailure;
import io.mrq.engine.loop.LoopGroup;
import io.mrq.engine.recovery.RunAudit;
import io.mrq.engine.run.JobExecutor;
import io.mrq.engine.run.JobThreads;
import io.mrq.engine.run.JobTimeouts;
import io.mrq.engine.run.ProgressWriter;
import io.mrq.engine.run.RunRevoker;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
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
  private final WorkerStore workers;
  private final WorkerSlots slots;
  private final RunningJobs runs = new RunningJobs();
  private final WorkerLease lease;
  private final WorkerReport report;
  private final JobLogs logs;
  private final JobCompleter completer;
  private final QueuePoller poller;
  private final RunAudit audit;
  private final Loop polling;
  private final Loop committing;
  private final Loop auditing;
  private final LoopGroup background;
  private final Loop beating;
  private final LoopGroup all;
  private final LongAdder done = new LongAdder();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch hurry = new CountDownLatch(1);

  WorkerSession(
      WorkerOptions options,
      Worker.Ports ports,
      TaskRegistry tasks,
      List<TaskInterceptor> interceptors,
      Worker.Observers observers,
      InstantSource clock) {
    this.options = options;
    this.workers = ports.workers();
    this.logs = observers.logs();
    LongSupplier nanos = System::nanoTime;
    WorkerEvents events = WorkerEvents.all(List.of(new Counting(done), observers.events()));
    slots = new WorkerSlots(options.slots());
    lease = new WorkerLease(nanos);
    report = new WorkerReport(options, slots, runs, done::sum, clock);
    OutcomeEncoder encoder = new OutcomeEncoder(ports.jobs(), clock, nanos);
    completer =
        new JobCompleter(
            ports.jobs(),
            ports.offers(),
            encoder,
            runs,
            logs,
            events,
            clock,
            nanos,
            options.slots());
    RunRevoker taken = new RunRevoker(ports.jobs(), runs, completer, events, nanos);
    WorkerHeartbeat heartbeat =
        new WorkerHeartbeat(
            workers, lease, report::whole, taken::stopAllOf, events, options.beatPeriod(), nanos);
    audit =
        new RunAudit(
            ports.jobs(), ports.offers(), runs, lease, taken, clock, options.auditPeriod());
    ProgressWriter progress = new ProgressWriter(ports.jobs(), runs, taken, options.beatPeriod());
    auditing = new Loop("mrq-audit", audit::step);
    JobExecutor executor =
        new JobExecutor(
            tasks,
            interceptors,
            runs,
            logs,
            observers.tracing(),
            slots,
            completer,
            JobThreads.BY_TASK,
            events,
            clock,
            nanos);
    JobClaimer claimer =
        new JobClaimer(ports.jobs(), lease, runs, executor, auditing::soon, events, clock);
    PausedQueues pauses = new PausedQueues(ports.pauses(), nanos);
    poller =
        new QueuePoller(
            options.queues(),
            ports.index(),
            ports.offers(),
            ports.jobs(),
            slots,
            pauses,
            lease,
            heartbeat,
            completer::isFull,
            claimer::claim,
            nanos);
    JobTimeouts timeouts = new JobTimeouts(runs, completer, options.grace(), nanos);
    polling = new Loop("mrq-poller", poller::step);
    committing = new Loop("mrq-committer", completer::step);
    // A beat that comes late is one that a rescuer has missed: it is never put off.
    beating = new Loop("mrq-heartbeat", heartbeat::step, options.beatPeriod());
    List<Loop> others =
        List.of(
            auditing,
            new Loop("mrq-timeouts", timeouts::step),
            new Loop("mrq-progress", progress::step),
            new Loop("mrq-logs", logs::step),
            new Loop("mrq-report", () -> report.step(workers, lease)));
    background = new LoopGroup(others);
    List<Loop> loops = new ArrayList<>(List.of(beating, committing));
    loops.addAll(others);
    loops.add(polling);
    all = new LoopGroup(loops);
  }

  /** Counts finished runs for the worker's document, whatever their outcome. */
  private record Counting(LongAdder done) implements WorkerEvents {
    @Override
    public void finished(Job job, JobStatus outcome, Duration ran) {
      done.increment();
    }
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
    return lease.id();
  }

  int busySlots() {
    return slots.size() - slots.free();
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
      polling.stop();
      committing.stop();
      background.stop();
      logs.storeTheRest();
      returnUnknownRuns();
      beating.stop();
      farewell();
      log.info("worker {} stopped after {} jobs", options.name(), done.sum());
    }
  }

  /** Other workers get what this one was woken for, and what it claimed without knowing it. */
  private void stopClaiming() throws InterruptedException {
    poller.stopping();
    polling.stop();
    poller.stopped();
    auditing.soon();
  }

  private void drain() throws InterruptedException {
    if (runs.size() > 0) {
      log.info("draining: {} jobs may end within {} s", runs.size(), options.drain().toSeconds());
    }
    await(runs::isEmpty, options.drain(), true);
    report.phase("killing");
    interruptAll();
    await(this::allEnded, options.grace(), false);
    runs.all().forEach(completer::submit);
    await(runs::isEmpty, options.grace(), false);
  }

  /**
   * A claim that the stop interrupted may have won jobs that nobody here knows. Whoever rescued
   * them would count a crash.
   */
  private void returnUnknownRuns() {
    try {
      audit.step();
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
      workers.report(lease.id(), last);
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
