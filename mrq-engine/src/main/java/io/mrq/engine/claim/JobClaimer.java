package io.mrq.engine.claim;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.lease.WorkerLease;
import io.mrq.engine.loop.ExponentialBackOff;
import io.mrq.engine.run.JobExecutor;
import io.mrq.engine.run.RunningJobs;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims ids and starts what was won. */
public final class JobClaimer {
  private static final Logger log = LoggerFactory.getLogger(JobClaimer.class);
  private static final int TRIES = 8;

  private final JobStore store;
  private final WorkerLease lease;
  private final RunningJobs runs;
  private final RunHome home;
  private final JobExecutor executor;
  private final Runnable unclear;
  private final WorkerEvents events;
  private final InstantSource clock;

  /**
   * Wires it.
   *
   * @param home of the runs that are won: the store that claims them
   * @param unclear called when a claim was given up whose result is unknown: the audit puts it
   *     right
   */
  public JobClaimer(
      JobStore store,
      WorkerLease lease,
      RunningJobs runs,
      RunHome home,
      JobExecutor executor,
      Runnable unclear,
      WorkerEvents events,
      InstantSource clock) {
    this.store = store;
    this.lease = lease;
    this.runs = runs;
    this.home = home;
    this.executor = executor;
    this.unclear = unclear;
    this.events = events;
    this.clock = clock;
  }

  /** Claims, and starts what was won; the caller has reserved a slot for each id. */
  public Claimed claim(String queue, List<JobId> ids) throws InterruptedException {
    long begun = System.nanoTime();
    Claim claim = Claim.by(lease.id());
    runs.claimBegins(claim);
    try {
      Optional<List<Job>> won = won(claim, queue, ids.stream().distinct().toList());
      if (!lease.id().equals(claim.worker())) {
        // The lease went while the claim was on its way; whoever rescues the old one has these
        // jobs.
        return Claimed.UNKNOWN;
      }
      int started = 0;
      for (Job job : won.orElse(List.of())) {
        started += start(job, claim) ? 1 : 0;
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      events.on(new WorkerEvent.Claimed(queue, won.map(List::size).orElse(0), took));
      return new Claimed(started, won.isPresent() && won.get().isEmpty());
    } finally {
      runs.claimEnds(claim);
    }
  }

  /** False: it did not take its slot, and the audit puts it back into its queue. */
  private boolean start(Job job, Claim claim) {
    try {
      executor.start(job, claim, home);
      return true;
    } catch (RuntimeException | Error e) {
      log.warn("job {} could not be started, and goes back to its queue", job.id(), e);
      return false;
    }
  }

  /** The jobs that were won; nothing when the claim was given up, and nobody knows. */
  private Optional<List<Job>> won(Claim claim, String queue, List<JobId> ids)
      throws InterruptedException {
    ExponentialBackOff wait = new ExponentialBackOff();
    boolean first = true;
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        long matched =
            store.claim(claim, queue, ids, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return Optional.of(matched == 0 && first ? List.of() : store.claimed(claim, ids));
      } catch (StoreUnavailableException e) {
        first = false;
        log.debug("claim of {} jobs is unclear, and is repeated: {}", ids.size(), e.getMessage());
        // Slots stay reserved, and the poller has nothing better to do than to learn what it won.
        Thread.sleep(wait.next());
      }
    }
    // The reconciler offers again what is still queued; the audit returns what was won unseen.
    unclear.run();
    return Optional.empty();
  }
}
