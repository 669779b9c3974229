package io.mrq.engine.claim;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.loop.ExponentialBackOff;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.queue.ServedQueues;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs by their ids, and hands those that this worker won to {@link HeldJobs}. A single job
 * is claimed and loaded in one round trip. Many are claimed in one, and loaded beside the next
 * claim.
 */
public final class JobClaimer {
  private static final Logger log = LoggerFactory.getLogger(JobClaimer.class);
  private static final int MAX_TRIES = 8;

  private final ServedQueues queues;
  private final JobStore store;
  private final WorkerLease lease;
  private final RunningJobs runs;
  private final RunHome home;
  private final WorkerSlots slots;
  private final UnknownTasks unknown;
  private final HeldJobs held;
  private final LoadExecutor loads;
  private final Runnable onUnclear;
  private final WorkerEvents events;
  private final InstantSource clock;

  /**
   * Creates a claimer.
   *
   * @param home of the runs that are won: the store that claims them
   * @param unknown parks the jobs that this worker cannot run
   * @param onUnclear called after a claim was given up without knowing its result, so that the
   *     audit returns the jobs that it may have won
   */
  public JobClaimer(
      ServedQueues queues,
      JobStore store,
      WorkerLease lease,
      RunningJobs runs,
      RunHome home,
      WorkerSlots slots,
      UnknownTasks unknown,
      HeldJobs held,
      LoadExecutor loads,
      Runnable onUnclear,
      WorkerEvents events,
      InstantSource clock) {
    this.queues = queues;
    this.store = store;
    this.lease = lease;
    this.runs = runs;
    this.home = home;
    this.slots = slots;
    this.unknown = unknown;
    this.held = held;
    this.loads = loads;
    this.onUnclear = onUnclear;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Claims jobs of one queue.
   *
   * @param ids for each of them the caller has reserved a place
   */
  public Claimed claim(String queue, List<JobId> ids) throws InterruptedException {
    ClaimBatch batch =
        new ClaimBatch(Claim.by(lease.id()), queue, rank(queue), held.now(), home, runs);
    Attempt attempt = new Attempt(batch, ids.stream().distinct().toList());
    boolean loadsLater = false;
    try {
      // Beside an unfinished load, a job that starts at once would overtake those of earlier
      // claims.
      if (attempt.ids.size() == 1 && loads.isIdle()) {
        return started(attempt, claimOne(attempt));
      }
      long matched = send(attempt);
      if (matched == 0) {
        return started(attempt, Optional.of(List.of()));
      }
      loads.execute(() -> load(attempt, (int) matched));
      loadsLater = true;
      return new Claimed((int) matched, false);
    } catch (StoreUnavailableException e) {
      return started(attempt, repeat(attempt, true, e));
    } finally {
      if (!loadsLater) {
        batch.oneLess();
      }
    }
  }

  private record Attempt(ClaimBatch batch, List<JobId> ids) {}

  private int rank(String queue) {
    int rank = 0;
    while (rank < queues.selections().size() && !queues.selections().get(rank).covers(queue)) {
      rank++;
    }
    return rank;
  }

  private Optional<List<Job>> claimOne(Attempt attempt) {
    ClaimBatch batch = attempt.batch;
    return Optional.of(
        store.claim(batch.claim(), batch.queue(), attempt.ids.getFirst(), now()).stream().toList());
  }

  private long send(Attempt attempt) {
    ClaimBatch batch = attempt.batch;
    return store.claim(batch.claim(), batch.queue(), attempt.ids, now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Loads and starts the jobs of a claim that is known to have won some.
   *
   * @param kept how many places were kept for them
   */
  private void load(Attempt attempt, int kept) {
    int taken = 0;
    try {
      taken = started(attempt, loadWon(attempt)).kept();
    } catch (InterruptedException e) {
      log.debug("a claim was given up before its jobs were loaded");
    } catch (RuntimeException | Error e) {
      log.warn("the jobs of a claim could not be loaded and go back to their queue", e);
      onUnclear.run();
    } finally {
      slots.release(kept - taken);
      attempt.batch.oneLess();
    }
  }

  private Optional<List<Job>> loadWon(Attempt attempt) throws InterruptedException {
    try {
      return Optional.of(store.claimed(attempt.batch.claim(), attempt.ids));
    } catch (StoreUnavailableException e) {
      return repeat(attempt, false, e);
    }
  }

  /** Starts or holds the jobs that were won; they are empty if nobody knows what was won. */
  private Claimed started(Attempt attempt, Optional<List<Job>> won) {
    ClaimBatch batch = attempt.batch;
    if (!lease.id().equals(batch.claim().worker())) {
      // The lease was lost while the claim was on its way. The rescue of the old lease returns
      // these jobs.
      return Claimed.UNKNOWN;
    }
    List<Job> jobs = unknown.keepKnown(batch, won.orElse(List.of()));
    held.take(batch, jobs);
    Duration took = Duration.ofNanos(held.now() - batch.begunAt());
    events.on(new WorkerEvent.Claimed(batch.queue(), jobs.size(), took));
    return new Claimed(jobs.size(), won.isPresent() && jobs.isEmpty());
  }

  /**
   * Repeats a call whose reply is missing, with the same token; only what the token finds was won.
   *
   * @param claimToo whether it is not known that the claim was carried out
   * @return the jobs that this worker won; empty if the claim was given up without knowing them
   */
  private Optional<List<Job>> repeat(
      Attempt attempt, boolean claimToo, StoreUnavailableException first)
      throws InterruptedException {
    ExponentialBackOff backOff = new ExponentialBackOff();
    StoreUnavailableException missing = first;
    for (int tries = 1; tries < MAX_TRIES; tries++) {
      log.debug(
          "the result of a claim of {} jobs is unknown, so it is repeated: {}",
          attempt.ids.size(),
          missing.getMessage());
      // The places stay reserved: the poller can do nothing else before it knows what it won.
      Thread.sleep(backOff.next());
      try {
        if (claimToo) {
          send(attempt);
        }
        return Optional.of(store.claimed(attempt.batch.claim(), attempt.ids));
      } catch (StoreUnavailableException e) {
        missing = e;
      }
    }
    // The reconciler offers the jobs again that are still queued; the audit returns the others.
    onUnclear.run();
    return Optional.empty();
  }
}
