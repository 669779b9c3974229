package io.mrq.model.lane;

import static io.mrq.model.lane.LaneState.IDLE;
import static io.mrq.model.lane.LaneState.QUEUED;
import static io.mrq.model.lane.LaneState.STARTED;
import static io.mrq.model.lane.LaneState.UP;
import static io.mrq.model.lane.LaneState.WORKERS;

import io.mrq.model.Next;
import io.mrq.model.State;

/** The scheduler: it offers ids, opens lanes, finds lost workers, takes their jobs and permits. */
final class DutySteps {
  /** So many looks without a change of the beat make a worker lost. */
  private static final int LEASE = 1;

  /** So many further looks, and its permits are taken. */
  private static final int GRACE = 1;

  private final Setup setup;
  private final LaneState f;
  private final int grace;

  DutySteps(Setup setup, LaneState f) {
    this.setup = setup;
    this.f = f;
    grace = setup.keeps(Rule.GRACE_FOR_PERMITS) ? GRACE : 0;
  }

  void steps(State now, Next next) {
    reconcile(now, next);
    for (int w = 0; w < WORKERS; w++) {
      look(now, next, w);
      markLost(now, next, w);
      rescueJobs(now, next, w);
      if (setup.keeps(Rule.RESCUE_OF_PERMITS)) {
        rescuePermits(now, next, w);
      }
    }
  }

  private void reconcile(State now, Next next) {
    for (int j = 0; j < f.jobs; j++) {
      boolean unknown =
          f.status.of(now, j) == QUEUED && !f.ready.isSet(now, j) && !f.offered.isSet(now, j);
      if (unknown && (setup.doubledIds || !isTaken(now, j))) {
        f.offered.set(next, j, 1);
        next.fair("the reconciler reads %d as queued and not in Redis", j);
      }
    }
    boolean hasRoom = f.held(now) < f.limit.of(now);
    if (setup.keeps(Rule.RECONCILER_OPENS_LANES)
        && f.closed.of(now) == 1
        && f.opening.of(now) == 0
        && hasRoom) {
      f.opening.set(next, 1);
      next.fair("the reconciler sees room in the closed lane");
    }
  }

  private boolean isTaken(State now, int j) {
    for (int w = 0; w < WORKERS; w++) {
      if (f.mode.of(now, w) == UP && f.poller.of(now, w) != IDLE && f.pollerJob.of(now, w) == j) {
        return true;
      }
    }
    return false;
  }

  private boolean hasJobs(State now, int w) {
    for (int j = 0; j < f.jobs; j++) {
      if (f.status.of(now, j) == STARTED && LaneState.processOf(f.owner.of(now, j)) == w) {
        return true;
      }
    }
    return false;
  }

  /** Whether permits are held under any id that the process has had. */
  boolean hasPermits(State state, int w) {
    for (int k = 0; k < f.held(state); k++) {
      if (LaneState.processOf(LaneState.ownerOfPermit(f.holders.get(state, 0, k))) == w) {
        return true;
      }
    }
    return false;
  }

  private void look(State now, Next next, int w) {
    boolean has = hasJobs(now, w) || hasPermits(now, w);
    boolean lost = f.lost.isSet(now, w);
    boolean beaten = f.beaten.isSet(now, w);
    if (f.mode.of(now, w) == UP) {
      if (has && !lost && (f.looks.isSet(now, w) || beaten)) {
        seesBeat(next, w);
        next.fair("the rescuer looks at worker %d: it beats", w);
      }
    } else if (has || lost) {
      if (beaten) {
        seesBeat(next, w);
        next.fair("the rescuer looks at worker %d: it has beaten since the last look", w);
      } else if (f.looks.of(now, w) < LEASE + GRACE) {
        f.looks.add(next, w, 1);
        f.stoodStill.add(next, w, 1);
        next.fair("the rescuer looks at worker %d: its beat has not changed", w);
      }
    }
  }

  private void seesBeat(Next next, int w) {
    f.looks.set(next, w, 0);
    f.stoodStill.set(next, w, 0);
    f.beaten.set(next, w, 0);
  }

  private void markLost(State now, Next next, int w) {
    if (f.looks.of(now, w) >= LEASE && !f.lost.isSet(now, w) && !f.beaten.isSet(now, w)) {
      f.lost.set(next, w, 1);
      next.fair("the rescuer marks worker %d lost", w);
    }
  }

  private void rescueJobs(State now, Next next, int w) {
    boolean any = false;
    for (int j = 0; j < f.jobs; j++) {
      int owner = f.owner.of(now, j);
      boolean own = f.status.of(now, j) == STARTED && LaneState.processOf(owner) == w;
      if (own && (f.lost.isSet(now, w) || LaneState.epochOf(owner) < f.epoch.of(now, w))) {
        f.queueAgain(next, j);
        any = true;
      }
    }
    if (any) {
      next.fair("the rescuer takes the jobs of worker %d", w);
    }
  }

  private void rescuePermits(State now, Next next, int w) {
    if (f.lost.isSet(now, w) && f.looks.of(now, w) >= LEASE + grace) {
      pull(
          now,
          next,
          w,
          permit -> LaneState.processOf(LaneState.ownerOfPermit(permit)) == w,
          "the rescuer takes the permits of worker %d and of its former ids");
    }
    if (!setup.keeps(Rule.FORMER_IDS_KEEP_PERMITS)) {
      int epoch = f.epoch.of(now, w);
      pull(
          now,
          next,
          w,
          permit ->
              LaneState.processOf(LaneState.ownerOfPermit(permit)) == w
                  && LaneState.epochOf(LaneState.ownerOfPermit(permit)) < epoch,
          "the rescuer takes the permits of a former id of worker %d");
    }
  }

  private void pull(State now, Next next, int w, LaneState.PermitTest test, String name) {
    boolean runsOnOne = false;
    for (int k = 0; k < f.held(now); k++) {
      int permit = f.holders.get(now, 0, k);
      runsOnOne |= test.test(permit) && f.run.of(now, w) == LaneState.tokenOfPermit(permit);
    }
    if (f.remove(next, test)) {
      if (runsOnOne && f.stoodStill.of(now, w) >= LEASE + GRACE) {
        f.orphan.set(next, w, 1);
      }
      f.opening.set(next, 1);
      next.fair(name, w);
    }
  }
}
