package io.mrq.maintenance;

import io.mrq.dispatch.JobOffers;
import io.mrq.job.WorkerId;
import io.mrq.store.RecoveryStore;
import io.mrq.store.WorkerStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds workers that no longer beat, and brings their jobs back (protocol §7.2, BUG-04). It counts
 * consecutive answered reads that show the same beat; elapsed time would make a reaper that was
 * paused take its own sleep for the worker's.
 */
public final class LostJobRescuer implements MaintenanceDuty {
  private static final Logger log = LoggerFactory.getLogger(LostJobRescuer.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int READS = 6;
  private static final int SWEEP_EVERY = 5;

  private final RecoveryStore jobs;
  private final WorkerStore workers;
  private final JobOffers offers;
  private final MaintenanceEvents events;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final int crashLimit;
  private final Map<WorkerId, Seen> seen = new HashMap<>();
  private final Map<WorkerId, Integer> absent = new HashMap<>();
  private int passes;

  /** Since when workers are silent that this process has marked lost in this pass. */
  private final Map<WorkerId, Long> silentSince = new HashMap<>();

  private record Seen(long beat, int reads, long sinceNanos) {}

  /**
   * Wires it.
   *
   * @param crashLimit a job fails when its worker is lost for the so-manieth time; 0: never
   */
  public LostJobRescuer(
      RecoveryStore jobs,
      WorkerStore workers,
      JobOffers offers,
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

  @Override
  public Duration pass() {
    boolean marked;
    Set<WorkerId> withRuns = Set.of();
    boolean sweep = passes % SWEEP_EVERY == 0 || !absent.isEmpty();
    try {
      long begun = nanos.getAsLong();
      marked = judge();
      if (sweep || marked) {
        withRuns = jobs.workersWithRuns();
      }
      passes++;
      if (nanos.getAsLong() - begun > PERIOD.toNanos()) {
        // A slow answer may be an old one: it counts for nothing.
        forget();
        return PERIOD;
      }
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
    if (sweep || marked) {
      rescueOf(withRuns);
      silentSince.clear();
    }
    return PERIOD;
  }

  private void forget() {
    seen.clear();
    absent.clear();
  }

  /** Counts equal beats; marks those lost that were equal often enough. */
  private boolean judge() {
    Set<WorkerId> present = new HashSet<>();
    boolean marked = false;
    for (WorkerStore.Beat beat : workers.beats()) {
      present.add(beat.worker());
      Seen before = seen.get(beat.worker());
      Seen now =
          before != null && before.beat() == beat.beat()
              ? new Seen(beat.beat(), before.reads() + 1, before.sinceNanos())
              : new Seen(beat.beat(), 1, nanos.getAsLong());
      seen.put(beat.worker(), now);
      if (now.reads() >= READS && workers.markLost(beat.worker(), beat.beat())) {
        log.warn("worker {} no longer beats: its jobs go back to their queues", beat.worker());
        events.workerLost();
        silentSince.put(beat.worker(), now.sinceNanos());
        marked = true;
      }
    }
    seen.keySet().retainAll(present);
    return marked;
  }

  private void rescueOf(Set<WorkerId> withRuns) {
    Map<WorkerId, WorkerStore.Presence> known =
        withRuns.isEmpty() ? Map.of() : workers.presence(withRuns);
    Set<WorkerId> unknown = new HashSet<>();
    for (WorkerId worker : withRuns) {
      switch (known.get(worker)) {
        case LOST -> rescue(worker);
        case BEATING, FOREIGN -> {}
        case null -> unknown.add(worker);
      }
    }
    absent.keySet().retainAll(unknown);
    for (WorkerId worker : unknown) {
      if (absent.merge(worker, 1, Integer::sum) >= READS
          && workers.markAbsentLost(worker, clock.instant())) {
        log.warn("worker {} has no document: its jobs go back to their queues", worker);
        events.workerLost();
        rescue(worker);
      }
    }
  }

  private void rescue(WorkerId worker) {
    RecoveryStore.Rescue rescue = jobs.rescue(worker, crashLimit, clock.instant());
    offers.offer(rescue.requeued());
    rescue.crashes().forEach(events::crashed);
    Long since = silentSince.remove(worker);
    if (since != null) {
      events.recovered(Duration.ofNanos(nanos.getAsLong() - since));
    }
    log.info(
        "{} jobs of worker {} are queued again, {} reached the crash limit",
        rescue.requeued().size(),
        worker,
        rescue.failed());
  }
}
