package io.mrq.engine.recovery;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.IndependentSteps;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.engine.recovery.BeatCounts.Silent;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RunRescue;
import io.mrq.task.TaskCatalog;
import io.mrq.worker.WorkerStore;
import io.mrq.worker.WorkerStore.Beat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds workers that no longer beat, and puts their jobs back into their queues. */
public final class LostJobRescuer implements MaintenanceDuty {
  private static final Logger log = LoggerFactory.getLogger(LostJobRescuer.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration WARN_PERIOD = Duration.ofMinutes(1);

  private static final int SWEEP_EVERY = 5;

  private final List<LostRunReturner> returners;
  private final WorkerStore workers;
  private final MaintenanceEvents events;
  private final LongSupplier nanos;
  private final BeatCounts beats = new BeatCounts();
  private int passes;
  private @Nullable Long lastRead;
  private @Nullable Long lastWarning;

  /** The workers that were marked lost in this pass, and how long each had been silent. */
  private final Map<WorkerId, Duration> silentFor = new HashMap<>();

  /**
   * Creates the duty.
   *
   * @param rescues one for each place that keeps runs; a fault in one does not hold up the others
   * @param crashLimit a job fails when its worker is lost for the Nth time; 0: never
   * @param tasks tells how long jobs are kept that reach the crash limit
   * @param nanos a clock that only goes forward
   */
  public LostJobRescuer(
      List<? extends RunRescue> rescues,
      WorkerStore workers,
      JobDispatcher dispatcher,
      int crashLimit,
      TaskCatalog tasks,
      MaintenanceEvents events,
      InstantSource clock,
      LongSupplier nanos) {
    this.returners =
        rescues.stream()
            .map(runs ->
                new LostRunReturner(runs, workers, dispatcher, crashLimit, tasks, events, clock))
            .toList();
    this.workers = workers;
    this.events = events;
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return "lost-jobs";
  }

  /** A fault in the jobs of one worker must not delay the rescue of others. */
  @Override
  public Duration longestWait() {
    return PERIOD;
  }

  @Override
  public Duration pass() {
    silentFor.clear();
    long now = nanos.getAsLong();
    // A pass that failed is repeated soon, but reads count only when they are a second apart.
    boolean counts = lastRead == null || now - lastRead >= PERIOD.toNanos();
    boolean marked = counts && judge(now);
    boolean sweep = passes++ % SWEEP_EVERY == 0 || anyAbsent();
    if (sweep || marked) {
      // Homes are stores of their own, so one that is away says nothing about the others.
      IndependentSteps.eachOfItsOwnStore(
          returners, returner -> returner.returnAll(counts, silentFor));
    }
    return PERIOD;
  }

  private boolean anyAbsent() {
    return returners.stream().anyMatch(LostRunReturner::hasAbsentWorkers);
  }

  /** Reads all beats, and marks the workers lost that are silent; answers whether any was. */
  private boolean judge(long begun) {
    List<Silent> silent;
    try {
      List<Beat> read = workers.beats();
      long now = nanos.getAsLong();
      lastRead = now;
      if (isLate(begun, now)) {
        beats.forget();
        return false;
      }
      silent = beats.count(read, now, this::storeTakesWrites);
    } catch (RuntimeException e) {
      beats.forget();
      throw e;
    }
    boolean marked = false;
    for (Silent worker : silent) {
      marked |= markLost(worker);
    }
    return marked;
  }

  /** Tries a write that changes nothing, since no worker has its id. */
  private boolean storeTakesWrites() {
    long begun = nanos.getAsLong();
    workers.markLost(WorkerId.next(), 0);
    return nanos.getAsLong() - begun <= PERIOD.toNanos();
  }

  /** Answers that come late are not counted, since they may be old. */
  private boolean isLate(long begun, long now) {
    if (now - begun <= PERIOD.toNanos()) {
      return false;
    }
    events.on(new MaintenanceEvent.BeatsDiscarded());
    if (lastWarning == null || now - lastWarning >= WARN_PERIOD.toNanos()) {
      lastWarning = now;
      log.warn(
          "MongoDB took {} ms to read the heartbeats of the workers. Answers that take more than {} ms are discarded. Until MongoDB is faster, no worker is declared lost, and the jobs of a dead worker are not requeued.",
          Duration.ofNanos(now - begun).toMillis(),
          PERIOD.toMillis());
    }
    return true;
  }

  private boolean markLost(Silent silent) {
    WorkerId worker = silent.beat().worker();
    if (!workers.markLost(worker, silent.beat().beat())) {
      return false;
    }
    log.warn(
        "worker {} sends no heartbeats any more and is marked lost: its jobs go back to their queues",
        worker);
    events.on(new MaintenanceEvent.WorkerLost());
    silentFor.put(worker, silent.lasting());
    return true;
  }
}
