package io.mrq.worker;

import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobLogChunk;
import io.mrq.job.JobLogLine;
import io.mrq.job.Run;
import io.mrq.store.JobLogStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.JobContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what running jobs log, and stores it once a second and before the end of a run (BUG-07,
 * SEED-12): {@code kill -9} costs at most the last second. A task never waits for the store: while
 * that is away, lines gather up to a bound, and beyond it they are counted and left out.
 *
 * <p>Only what is logged by the thread of a job counts, by threads that inherit its {@link
 * JobContext}, and by those to which its MDC was handed on.
 */
public final class JobLogs {
  /** The key of the job's id in the MDC of its thread. */
  public static final String MDC_JOB = "job";

  private static final Logger log = LoggerFactory.getLogger(JobLogs.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int BATCH = 500;

  private final @Nullable JobLogStore store;
  private final JobLogLimits limits;
  private final WorkerEvents events;
  private final InstantSource clock;
  private final Map<Run, RunLog> byRun = new ConcurrentHashMap<>();
  private final Map<String, RunLog> byJob = new ConcurrentHashMap<>();
  private final AtomicLong buffered = new AtomicLong();
  private final ReentrantLock storing = new ReentrantLock();
  private final Deque<JobLogChunk> unsent = new ArrayDeque<>();

  private JobLogs(
      @Nullable JobLogStore store, JobLogLimits limits, WorkerEvents events, InstantSource clock) {
    this.store = store;
    this.limits = limits;
    this.events = events;
    this.clock = clock;
  }

  /** Stores what jobs log. */
  public static JobLogs to(
      JobLogStore store, JobLogLimits limits, WorkerEvents events, InstantSource clock) {
    return new JobLogs(store, limits, events, clock);
  }

  /** Keeps nothing (LOG-08). */
  public static JobLogs off() {
    return new JobLogs(null, JobLogLimits.DEFAULT, WorkerEvents.NONE, InstantSource.system());
  }

  /**
   * Takes a line that the current thread has logged, if it belongs to a running job. Returns at
   * once.
   *
   * @param level its name
   * @param job what the MDC of the logging thread holds under {@link #MDC_JOB}
   */
  public void log(Instant at, String level, String logger, String message, @Nullable String job) {
    RunLog own = ownLog(job);
    if (own == null) {
      return;
    }
    JobLogLine line = own.line(at, level, logger, bounded(message));
    long weight = RunLog.weight(line);
    if (buffered.addAndGet(weight) > limits.buffer()) {
      buffered.addAndGet(-weight);
      own.notBuffered();
      events.logLinesDropped(1);
    } else if (!own.add(line, limits.run())) {
      buffered.addAndGet(-weight);
      events.logLinesDropped(1);
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
    int most = limits.line();
    return message.length() <= most
        ? message
        : message.substring(0, most) + "… " + (message.length() - most) + " characters left out";
  }

  /** A run begins. */
  void begin(RunningJob running) {
    if (store != null) {
      RunLog own = new RunLog(running.job(), running.run());
      byRun.put(running.run(), own);
      byJob.put(running.job().id().hex(), own);
    }
  }

  /** The end of a run is stored, or dropped: what it logs from now on belongs to nobody. */
  void end(RunningJob running) {
    RunLog own = byRun.get(running.run());
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

  /** One step of the loop that stores all lines. */
  Duration step() {
    store(byRun.values());
    return PERIOD;
  }

  /**
   * Stores what these runs have logged, and what could not be stored before. When the store is away
   * the lines stay for the next step, and nobody is told: ends of runs go on without them.
   */
  void storeBeforeTheEnd(Collection<RunningJob> ending) {
    List<RunLog> own = new ArrayList<>();
    for (RunningJob running : ending) {
      RunLog one = byRun.get(running.run());
      if (one != null) {
        own.add(one);
      }
    }
    try {
      store(own);
    } catch (RuntimeException e) {
      log.debug("log lines wait for the store: {}", e.getMessage());
    }
  }

  /** The last attempt, when the worker ends. */
  void storeTheRest() {
    try {
      store(byRun.values());
    } catch (RuntimeException e) {
      log.warn("the last log lines of jobs are lost: {}", e.getMessage());
    }
  }

  private void store(Collection<RunLog> logs) {
    JobLogStore to = store;
    if (to == null) {
      return;
    }
    storing.lock();
    try {
      Instant now = clock.instant();
      for (RunLog one : logs) {
        unsent.addAll(one.take(now));
        forgetWhenOver(one);
      }
      while (!unsent.isEmpty()) {
        send(to);
      }
    } finally {
      storing.unlock();
    }
  }

  private void send(JobLogStore to) {
    List<JobLogChunk> batch = unsent.stream().limit(BATCH).toList();
    try {
      to.append(batch);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      // It will not be better the next time, and what comes after it must not wait.
      log.warn("log lines of jobs cannot be stored and are lost: {}", e.getMessage());
      events.logLinesDropped(batch.stream().mapToInt(chunk -> chunk.lines().size()).sum());
    }
    for (JobLogChunk chunk : batch) {
      unsent.remove();
      buffered.addAndGet(-chunk.lines().stream().mapToLong(RunLog::weight).sum());
    }
  }
}
