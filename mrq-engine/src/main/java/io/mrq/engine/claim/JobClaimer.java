package io.mrq.engine.claim;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.RunHome;
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

/** Claims jobs by their ids, and starts those that this worker won. */
public final class JobClaimer {
  private static final Logger log = LoggerFactory.getLogger(JobClaimer.class);
  private static final int MAX_TRIES = 8;

  private final JobStore store;
  private final WorkerLease lease;
  private final RunningJobs runs;
  private final RunHome home;
  private final JobExecutor executor;
  private final Runnable onUnclear;
  private final WorkerEvents events;
  private final InstantSource clock;

  /**
   * Creates a claimer.
   *
   * @param home of the runs that are won: the store that claims them
   * @param onUnclear called after a claim was given up without knowing its result, so that the
   *     audit returns the jobs that it may have won
   */
  public JobClaimer(
      JobStore store,
      WorkerLease lease,
      RunningJobs runs,
      RunHome home,
      JobExecutor executor,
      Runnable onUnclear,
      WorkerEvents events,
      InstantSource clock) {
    this.store = store;
    this.lease = lease;
    this.runs = runs;
    this.home = home;
    this.executor = executor;
    this.onUnclear = onUnclear;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Claims jobs of one queue, and starts those that this worker won.
   *
   * @param ids for each of them the caller has reserved a slot
   */
  public Claimed claim(String queue, List<JobId> ids) throws InterruptedException {
    long begunAt = System.nanoTime();
    Claim claim = Claim.by(lease.id());
    runs.claimBegins(claim);
    try {
      Optional<List<Job>> won = tryToWin(claim, queue, ids.stream().distinct().toList());
      if (!lease.id().equals(claim.worker())) {
        // The lease was lost while the claim was on its way. The rescue of the old lease returns
        // these jobs.
        return Claimed.UNKNOWN;
      }
      int started = 0;
      for (Job job : won.orElse(List.of())) {
        started += start(job, claim) ? 1 : 0;
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begunAt);
      events.on(new WorkerEvent.Claimed(queue, won.map(List::size).orElse(0), took));
      return new Claimed(started, won.isPresent() && won.get().isEmpty());
    } finally {
      runs.claimEnds(claim);
    }
  }

  /** Returns false if the job was not started: its slot is free, and the audit requeues it. */
  private boolean start(Job job, Claim claim) {
    try {
      executor.start(job, claim, home);
      return true;
    } catch (RuntimeException | Error e) {
      log.warn("job {} could not be started and goes back to its queue", job.id(), e);
      return false;
    }
  }

  /** The jobs that this worker won; empty if the claim was given up without knowing them. */
  private Optional<List<Job>> tryToWin(Claim claim, String queue, List<JobId> ids)
      throws InterruptedException {
    ExponentialBackOff backOff = new ExponentialBackOff();
    boolean first = true;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      try {
        long matched =
            store.claim(claim, queue, ids, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return Optional.of(matched == 0 && first ? List.of() : store.claimed(claim, ids));
      } catch (StoreUnavailableException e) {
        first = false;
        log.debug(
            "the result of a claim of {} jobs is unknown, so it is repeated: {}",
            ids.size(),
            e.getMessage());
        // The slots stay reserved: the poller can do nothing else before it knows what it won.
        Thread.sleep(backOff.next());
      }
    }
    // The reconciler offers the jobs again that are still queued; the audit returns the others.
    onUnclear.run();
    return Optional.empty();
  }
}
