package io.mrq.model.dispatch;

import static io.mrq.model.dispatch.DispatchState.DEAD;
import static io.mrq.model.dispatch.DispatchState.FINAL;
import static io.mrq.model.dispatch.DispatchState.INTERRUPT;
import static io.mrq.model.dispatch.DispatchState.PYTHON;
import static io.mrq.model.dispatch.DispatchState.QUEUED;
import static io.mrq.model.dispatch.DispatchState.RETRY;
import static io.mrq.model.dispatch.DispatchState.RIGHTLY_JUDGED;
import static io.mrq.model.dispatch.DispatchState.STARTED;
import static io.mrq.model.dispatch.DispatchState.UP;
import static io.mrq.model.dispatch.DispatchState.WORKERS;
import static io.mrq.model.dispatch.DispatchState.WRONGLY_JUDGED;
import static io.mrq.model.dispatch.Setup.ClaimedSet.TRUSTED_BY_RECONCILER;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** The duties of the scheduler. Its rescuer judges workers and takes their jobs. */
final class SchedulerSteps {
  /** So many looks without a change of the beat make a worker lost. */
  private static final int LEASE = 2;

  private final Setup setup;
  private final DispatchState f;
  private final boolean reconciles;
  private final boolean countsReads;
  private final boolean beatIsInMongo;
  private final boolean rescuesInOneWrite;

  SchedulerSteps(Setup setup, DispatchState f) {
    this.setup = setup;
    this.f = f;
    reconciles = setup.rules.contains(Rule.RECONCILER);
    countsReads = setup.rules.contains(Rule.COUNTED_READS_AND_COMPARE_AND_SET);
    beatIsInMongo = setup.rules.contains(Rule.BEAT_IN_MONGODB);
    rescuesInOneWrite = setup.rules.contains(Rule.RESCUE_IN_ONE_WRITE);
  }

  void steps(State now, Next next) {
    for (int j = 0; j < f.jobs; j++) {
      reconcile(now, next, j);
      requeue(now, next, j);
    }
    for (int w = 0; w < WORKERS; w++) {
      look(now, next, w);
      if (countsReads) {
        markLost(now, next, w);
        rescueFromLost(now, next, w);
      } else {
        judgeByClock(now, next, w);
        rescueFromJudged(now, next, w);
      }
    }
    if (countsReads) {
      rescueFromFormerIds(now, next);
    }
  }

  private void reconcile(State now, Next next, int j) {
    boolean mayOffer = f.offers.of(now, j) <= (setup.doubledOffers ? 1 : 0);
    if (reconciles && f.status.of(now, j) == QUEUED && !isKnownToRedis(now, j) && mayOffer) {
      f.offer(next, j);
      next.fair("the reconciler reads %d as queued and not in Redis", j);
    }
  }

  private boolean isKnownToRedis(State now, int j) {
    if (f.ready.isSet(now, j)) {
      return true;
    }
    boolean claimed = f.claimed.isSet(now, j * WORKERS) || f.claimed.isSet(now, j * WORKERS + 1);
    return claimed && setup.claimedSet == TRUSTED_BY_RECONCILER;
  }

  private void requeue(State now, Next next, int j) {
    int status = f.status.of(now, j);
    if (status == RETRY || status == INTERRUPT) {
      f.status.set(next, j, QUEUED);
      f.offer(next, j);
      next.fair(status == RETRY ? "%d is due: queued" : "%d was interrupted: queued", j);
    } else if (f.isStartedBy(now, j, PYTHON)) {
      f.status.set(next, j, FINAL);
      next.fair("the Python worker finishes %d", j);
    }
  }

  /** Whether jobs are started under the current id of a worker. */
  private boolean hasJobs(State now, int w) {
    for (int j = 0; j < f.jobs; j++) {
      if (f.isStartedBy(now, j, f.idOf(now, w))) {
        return true;
      }
    }
    return false;
  }

  private void look(State now, Next next, int w) {
    boolean up = f.mode.of(now, w) == UP;
    boolean beats = up && (beatIsInMongo || !f.cut.isSet(now, w));
    boolean changed = beats || f.beaten.isSet(now, w);
    if (!hasJobs(now, w) || f.lost.isSet(now, w) || f.looks.of(now, w) >= LEASE && !changed) {
      return;
    }
    f.beaten.set(next, w, 0);
    f.looks.set(next, w, changed ? 0 : f.looks.of(now, w) + 1);
    boolean stoodStill = !up && !changed;
    f.stoodStill.set(next, w, stoodStill ? Math.min(LEASE, f.stoodStill.of(now, w) + 1) : 0);
    next.fair(
        changed
            ? "the rescuer looks at worker %d: its beat has changed"
            : "the rescuer looks at worker %d: its beat has not changed",
        w);
  }

  /** The write asks for the beat that was seen, so it fails if the worker has beaten since. */
  private void markLost(State now, Next next, int w) {
    if (f.looks.of(now, w) < LEASE || f.lost.isSet(now, w) || f.beaten.isSet(now, w)) {
      return;
    }
    if (f.stoodStill.of(now, w) < LEASE && f.mode.of(now, w) != DEAD) {
      next.breaks(Invariant.LIVE_WORKER_KEEPS_ITS_JOBS, "the rescuer marks worker %d lost", w);
    }
    f.lost.set(next, w, 1);
    next.fair("the rescuer marks worker %d lost: its beat is still the one that was seen", w);
  }

  private void rescueFromLost(State now, Next next, int w) {
    if (f.lost.isSet(now, w) && hasJobs(now, w)) {
      takeJobs(now, next, w);
      next.fair("the rescuer takes the jobs of the lost worker %d", w);
    }
  }

  private void takeJobs(State now, Next next, int w) {
    for (int j = 0; j < f.jobs; j++) {
      if (f.isStartedBy(now, j, f.idOf(now, w))) {
        if (rescuesInOneWrite) {
          f.status.set(next, j, QUEUED);
          f.offer(next, j);
        } else {
          f.status.set(next, j, INTERRUPT);
        }
      }
    }
  }

  /** The jobs of an id that its process has given up stay to be rescued. */
  private void rescueFromFormerIds(State now, Next next) {
    for (int j = 0; j < f.jobs; j++) {
      int owner = f.owner.of(now, j);
      if (f.status.of(now, j) != STARTED || owner == PYTHON) {
        continue;
      }
      int w = DispatchState.processOf(owner);
      if (DispatchState.epochOf(owner) < f.epoch.of(now, w)) {
        f.status.set(next, j, QUEUED);
        f.offer(next, j);
        next.fair("the rescuer takes %d from a lost former id of worker %d", j, w);
      }
    }
  }

  /** The first design: the rescuer trusts its clock, and nothing guards its verdict. */
  private void judgeByClock(State now, Next next, int w) {
    boolean mayPause = f.faultsLeft.of(now) > 0 && setup.faultKinds.contains(Fault.RESCUER_PAUSED);
    if (mayPause && f.looks.of(now, w) < LEASE && hasJobs(now, w)) {
      f.looks.set(next, w, LEASE);
      f.faultsLeft.add(next, 0, -1);
      next.fault(
          "the rescuer is paused for a lease; then it compares what it read of worker %d before",
          w);
    }
    if (f.looks.of(now, w) >= LEASE && !f.verdict.isSet(now, w)) {
      f.looks.set(next, w, 0);
      f.verdict.set(next, w, f.stoodStill.of(now, w) >= LEASE ? RIGHTLY_JUDGED : WRONGLY_JUDGED);
      next.fair("the rescuer judges worker %d lost", w);
    }
  }

  private void rescueFromJudged(State now, Next next, int w) {
    if (!f.verdict.isSet(now, w)) {
      return;
    }
    String name = "the rescuer takes the jobs of worker %d";
    boolean lives = f.mode.of(now, w) != DEAD;
    if (hasJobs(now, w) && lives && f.verdict.of(now, w) == WRONGLY_JUDGED) {
      next.breaks(Invariant.LIVE_WORKER_KEEPS_ITS_JOBS, name, w);
    }
    takeJobs(now, next, w);
    f.verdict.set(next, w, 0);
    next.fair(name, w);
  }
}
