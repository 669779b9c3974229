package io.mrq.engine.log;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.Run;
import io.mrq.log.JobLogLine;
import io.mrq.log.JobLogStore;
import io.mrq.task.JobContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the lines that running jobs log, and stores them once a second and before an outcome is
 * stored, so {@code kill -9} loses the last second at most. A task never waits for the store: while
 * that is away, lines gather in memory up to a limit, and beyond it they are counted and left out.
 *
 * <p>A line belongs to a job when it is logged by the thread of its run, by a thread that inherits
 * its {@link JobContext}, or by a thread to which its MDC was handed on.
 */
public final class JobLogs {
  /** The key of the job's id in the MDC of its thread. */
  public static final String MDC_JOB = "job";

  private static final Logger log = LoggerFactory.getLogger(JobLogs.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** How long outcomes wait for log lines; more would let slow log writes slow down outcomes. */
  private static final Duration MAX_DELAY_OF_OUTCOMES = Duration.ofMillis(50);

  private final @Nullable JobLogStore store;
  private final JobLogLimits limits;
  private final WorkerEvents events;
  private final InstantSource clock;
  private final Map<Run, RunLog> byRun = new ConcurrentHashMap<>();
  private final Map<String, RunLog> byJob = new ConcurrentHashMap<>();
  private final AtomicLong buffered = new AtomicLong();
  private final Duration patience;
  private final JobLogOutbox outbox;

  private JobLogs(
      @Nullable JobLogStore store,
      JobLogLimits limits,
      WorkerEvents events,
      InstantSource clock,
      Duration patience) {
    this.store = store;
    this.limits = limits;
    this.events = WorkerEvents.all(List.of(events));
    this.clock = clock;
    this.patience = patience;
    this.outbox = new JobLogOutbox(buffered, this.events);
  }

  /** Job logs that are stored. */
  public static JobLogs to(
      JobLogStore store, JobLogLimits limits, WorkerEvents events, InstantSource clock) {
    return to(store, limits, events, clock, MAX_DELAY_OF_OUTCOMES);
  }

  /**
   * Job logs that are stored.
   *
   * @param patience how long outcomes wait for the lines of their runs
   */
  public static JobLogs to(
      JobLogStore store,
      JobLogLimits limits,
      WorkerEvents events,
      InstantSource clock,
      Duration patience) {
    return new JobLogs(store, limits, events, clock, patience);
  }

  /** Job logs that are switched off: nothing is kept. */
  public static JobLogs off() {
    return new JobLogs(
        null, JobLogLimits.DEFAULT, WorkerEvents.NONE, InstantSource.system(), Duration.ZERO);
  }

  /**
   * Takes a line that the current thread has logged, if it belongs to a running job. Returns at
   * once.
   *
   * @param level the name of the level
   * @param message called only when the line belongs to a running job
   * @param job what the MDC of the logging thread holds under {@link #MDC_JOB}
   */
  public void log(
      Instant at, String level, String logger, Supplier<String> message, @Nullable String job) {
    RunLog own = ownLog(job);
    if (own == null) {
      return;
    }
    JobLogLine line = own.line(at, level, logger, bounded(message.get()));
    long weight = RunLog.weight(line);
    if (buffered.addAndGet(weight) > limits.buffer()) {
      buffered.addAndGet(-weight);
      own.notBuffered();
      events.on(new WorkerEvent.LogLinesDropped(1));
      return;
    }
    switch (own.add(line, limits.run())) {
      case KEPT -> {}
      case LEFT_OUT -> {
        buffered.addAndGet(-weight);
        events.on(new WorkerEvent.LogLinesDropped(1));
      }
      // A line that is logged after the outcome was stored is not kept.
      case TOO_LATE -> buffered.addAndGet(-weight);
    }
  }

  private @Nullable RunLog ownLog(@Nullable String job) {
    if (JobContext.CURRENT.isBound()) {
      Run run = runOf(JobContext.CURRENT.get().job());
      return run == null ? null : byRun.get(run);
    }
    return job == null ? null : byJob.get(job);
  }

  private static @Nullable Run runOf(Job job) {
    return job.worker() == null || job.claim() == null
        ? null
        : new Run(job.id(), new Claim(job.worker(), job.claim()));
  }

  private String bounded(String message) {
    int limit = limits.line();
    return message.length() <= limit
        ? message
        : message.substring(0, limit) + "… " + (message.length() - limit) + " characters left out";
  }

  /** Begins to keep the log lines of a run. */
  public void begin(Job job, Run run) {
    if (store != null) {
      RunLog own = new RunLog(job, run);
      byRun.put(run, own);
      byJob.put(job.id().hex(), own);
    }
  }

  /** The outcome of a run is stored or dropped: what is logged from now on is not kept. */
  public void end(Run run) {
    RunLog own = byRun.get(run);
    if (own != null) {
      own.end();
      forgetWhenOver(own);
    }
  }

  private void forgetWhenOver(RunLog own) {
    if (own.isOver()) {
      byRun.remove(own.run());
      byJob.remove(own.run().job().hex(), own);
    }
  }

  /**
   * One step of the loop that stores lines: all of them once a second, and at once those for which
   * {@link #storeBeforeOutcomes} waits.
   */
  public Duration step() throws InterruptedException {
    JobLogStore to = store;
    if (to == null) {
      return PERIOD;
    }
    if (outbox.awaitWork(PERIOD)) {
      byRun.values().forEach(this::takeFrom);
    }
    outbox.send(to);
    return Duration.ZERO;
  }

  /**
   * Stores what these runs have logged, so that the last lines are there when an outcome is seen.
   * Waits only briefly: when the store of log lines is slow or away, outcomes do not wait for it.
   */
  public void storeBeforeOutcomes(Collection<Run> ending) throws InterruptedException {
    boolean some = false;
    for (Run run : ending) {
      RunLog own = byRun.get(run);
      some |= own != null && takeFrom(own);
    }
    if (some) {
      outbox.awaitSent(patience);
    }
  }

  /** Stores what is left when the worker stops; what cannot be stored is lost. */
  public void storeRemaining() {
    JobLogStore to = store;
    if (to == null) {
      return;
    }
    try {
      byRun.values().forEach(this::takeFrom);
      outbox.send(to);
    } catch (RuntimeException e) {
      log.warn("the last log lines of jobs could not be stored, and are lost: {}", e.getMessage());
    }
  }

  private boolean takeFrom(RunLog own) {
    // Most runs log nothing, and are looked at once with every batch of outcomes.
    boolean some = own.hasLines() && outbox.take(own, clock.instant());
    forgetWhenOver(own);
    return some;
  }
}
