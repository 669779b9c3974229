package io.mrq.engine.recovery;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.BeatCounts;
import io.mrq.engine.maintenance.BeatCounts.Silent;
import io.mrq.engine.maintenance.IndependentSteps;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RecoveryStore;
import io.mrq.worker.WorkerStore;
import io.mrq.worker.WorkerStore.Beat;
import io.mrq.worker.WorkerStore.Presence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds workers that no longer beat, and brings their jobs back. */
public final class LostJobRescuer implements MaintenanceDuty {
  private static final Logger log = LoggerFactory.getLogger(LostJobRescuer.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

  /** After this a Python worker that does not report counts as dead: its document is deleted. */
  private static final Duration FOREIGN_PATIENCE = Duration.ofHours(1);

  private static final int SWEEP_EVERY = 5;

  private final RecoveryStore jobs;
  private final WorkerStore workers;
  private final JobDispatcher offers;
  private final MaintenanceEvents events;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final int crashLimit;
  private final BeatCounts beats = new BeatCounts();
  private final Map<WorkerId, Integer> absent = new HashMap<>();
  private int passes;
  private @Nullable Long lastRead;
  private @Nullable Long lateSaid;

  /** For how long workers were silent that were marked lost in this pass. */
  private final Map<WorkerId, Duration> silentFor = new HashMap<>();

  /**
   * Makes the duty.
   *
   * @param crashLimit a job fails when its worker is lost for the Nth time; 0: never
   * @param nanos a clock that only goes forward
   */
  public LostJobRescuer(
      RecoveryStore jobs,
      WorkerStore workers,
      JobDispatcher offers,
      int crashLimit,
      MaintenanceEvents events,
      InstantSource clock,
      LongSupplier nanos) {
    this.jobs = jobs;
    this.workers = workers;
    this.offers = offers;
    this.crashLimit = crashLimit;
    this.events = events;
    this.clock = clock;
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return "lost-jobs";
  }

  /** A fault in one worker's jobs must not make others wait longer for theirs. */
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
    boolean sweep = passes++ % SWEEP_EVERY == 0 || !absent.isEmpty();
    if (sweep || marked) {
      rescueAll(counts);
    }
    return PERIOD;
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

  /** A write that changes nothing: no worker has this id. */
  private boolean storeTakesWrites() {
    long begun = nanos.getAsLong();
    workers.markLost(WorkerId.next(), 0);
    return nanos.getAsLong() - begun <= PERIOD.toNanos();
  }

  /** A late answer may be an old one. */
  private boolean isLate(long begun, long now) {
    if (now - begun <= PERIOD.toNanos()) {
      return false;
    }
    events.beatsDiscarded();
    if (lateSaid == null || now - lateSaid >= SAY_AGAIN.toNanos()) {
      lateSaid = now;
      log.warn(
          "MongoDB takes {} ms to tell which workers beat. What comes later than {} ms is discarded: meanwhile no worker is found to be lost, and the jobs of a dead one wait.",
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
    log.warn("worker {} no longer beats: its jobs go back to their queues", worker);
    events.workerLost();
    silentFor.put(worker, silent.lasting());
    return true;
  }

  private void rescueAll(boolean counts) {
    Set<WorkerId> lost = new HashSet<>();
    try {
      Set<WorkerId> withRuns = jobs.workersWithRuns();
      Map<WorkerId, Presence> known = withRuns.isEmpty() ? Map.of() : workers.presence(withRuns);
      known.forEach((worker, presence) -> {
        if (presence == Presence.LOST) {
          lost.add(worker);
        }
      });
      if (counts) {
        Set<WorkerId> unknown = new HashSet<>(withRuns);
        unknown.removeAll(known.keySet());
        lost.addAll(markAbsent(unknown));
      }
    } catch (RuntimeException e) {
      absent.clear();
      throw e;
    }
    IndependentSteps.each(lost, this::rescue);
  }

  /** Marks workers lost that have had no document for long enough; answers which. */
  private Set<WorkerId> markAbsent(Set<WorkerId> unknown) {
    absent.keySet().retainAll(unknown);
    unknown.forEach(worker -> absent.merge(worker, 1, Integer::sum));
    Set<WorkerId> due = new HashSet<>(unknown);
    due.removeIf(worker -> absent.getOrDefault(worker, 0) < BeatCounts.READS);
    Set<WorkerId> marked = new HashSet<>();
    if (!due.isEmpty()) {
      // One of ours has a document before it claims anything. Python's first report may come late.
      for (WorkerId worker : jobs.abandoned(due, clock.instant().minus(FOREIGN_PATIENCE))) {
        if (workers.markAbsentLost(worker, clock.instant())) {
          log.warn("worker {} has no document: its jobs go back to their queues", worker);
          events.workerLost();
          marked.add(worker);
        }
      }
    }
    return marked;
  }

  private void rescue(WorkerId worker) {
    RecoveryStore.Rescue rescue = jobs.rescue(worker, crashLimit, clock.instant());
    offers.offer(rescue.requeued());
    rescue.crashes().forEach(events::crashed);
    Duration silent = silentFor.remove(worker);
    if (silent != null) {
      events.recovered(silent);
    }
    log.info(
        "{} jobs of worker {} are queued again, {} reached the crash limit",
        rescue.requeued().size(),
        worker,
        rescue.failed());
  }
}
