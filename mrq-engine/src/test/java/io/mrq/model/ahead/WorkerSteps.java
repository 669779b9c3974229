package io.mrq.model.ahead;

import static io.mrq.model.ahead.AheadState.DEAD;
import static io.mrq.model.ahead.AheadState.HAS_TAKEN;
import static io.mrq.model.ahead.AheadState.IDLE;
import static io.mrq.model.ahead.AheadState.KNOWN;
import static io.mrq.model.ahead.AheadState.NONE;
import static io.mrq.model.ahead.AheadState.PAUSED;
import static io.mrq.model.ahead.AheadState.QUEUED;
import static io.mrq.model.ahead.AheadState.STARTED;
import static io.mrq.model.ahead.AheadState.UNCLEAR;
import static io.mrq.model.ahead.AheadState.UP;
import static io.mrq.model.ahead.Setup.HELD;
import static io.mrq.model.ahead.Setup.JOBS;
import static io.mrq.model.ahead.Setup.SLOTS;

import io.mrq.model.Next;
import io.mrq.model.State;

/** How a worker takes and claims, and what befalls its process. */
final class WorkerSteps {
  private final Setup setup;
  private final AheadState f;
  private final RunSteps runs;
  private final TripSteps trips;
  private final HeldSteps held;

  WorkerSteps(Setup setup, AheadState f) {
    this.setup = setup;
    this.f = f;
    runs = new RunSteps(setup, f);
    trips = new TripSteps(setup, f, runs);
    held = new HeldSteps(setup, f, runs);
  }

  void steps(State now, Next next, int w) {
    if (f.mode.of(now, w) == DEAD) {
      return;
    }
    processFaults(now, next, w);
    if (f.mode.of(now, w) == PAUSED) {
      f.mode.set(next, w, UP);
      next.chance("worker %d resumes", w);
      return;
    }
    beat(now, next, w);
    take(now, next, w);
    if (f.poller.of(now, w) == HAS_TAKEN && f.fresh.isSet(now, w)) {
      if (setup.oneTrip) {
        trips.send(now, next, w);
      } else {
        claim(now, next, w);
      }
    }
    trips.steps(now, next, w);
    if (f.poller.of(now, w) == UNCLEAR) {
      ask(now, next, w);
    }
    held.steps(now, next, w);
    runs.steps(now, next, w);
    held.audit(now, next, w);
  }

  private void processFaults(State now, Next next, int w) {
    if (runs.mayHave(now, w, Fault.WORKER_KILLED)) {
      f.mode.set(next, w, DEAD);
      f.fresh.set(next, w, 0);
      f.clearPoller(next, w);
      f.held.clear(next, w);
      f.runs.clear(next, w);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d is killed", w);
    }
    if (f.mode.of(now, w) == UP && runs.mayHave(now, w, Fault.WORKER_PAUSED)) {
      f.mode.set(next, w, PAUSED);
      f.fresh.set(next, w, 0);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d is paused", w);
    }
  }

  private void beat(State now, Next next, int w) {
    boolean news = !f.fresh.isSet(now, w) || f.looks.isSet(now, w) && !f.beaten.isSet(now, w);
    if (f.lost.isSet(now, w)) {
      f.epoch.add(next, w, 1);
      f.lost.set(next, w, 0);
      f.fresh.set(next, w, 1);
      f.looks.set(next, w, 0);
      f.beaten.set(next, w, 1);
      f.clearPoller(next, w);
      f.held.clear(next, w);
      f.runs.clear(next, w);
      for (int k = 0; k < f.runs.size(now, w); k++) {
        int run = f.runs.get(now, w, k);
        boolean undecided = AheadState.outcomeOf(run) == NONE;
        f.runs.add(next, w, undecided ? AheadState.with(run, AheadState.bodyOf(run), KNOWN) : run);
      }
      next.fair("worker %d: its beat says lost; it drops what it held and interrupts its runs", w);
    } else if (news) {
      f.fresh.set(next, w, 1);
      f.beaten.set(next, w, 1);
      next.fair("worker %d beats", w);
    }
  }

  private void take(State now, Next next, int w) {
    boolean room = f.busy(now, w) + f.held.size(now, w) < SLOTS + HELD;
    if (f.poller.of(now, w) != IDLE || !room) {
      return;
    }
    for (int j = 0; j < JOBS; j++) {
      if (f.status.of(now, j) == QUEUED) {
        f.setPoller(next, w, HAS_TAKEN, j, 0);
        next.fair("worker %d takes %d", w, j);
        return;
      }
    }
  }

  private void claim(State now, Next next, int w) {
    int j = f.pollerJob.of(now, w);
    int token = f.freshToken(now);
    int me = f.idOf(now, w);
    f.clearPoller(next, w);
    if (f.status.of(now, j) != QUEUED) {
      next.fair("worker %d does not win %d", w, j);
      return;
    }
    f.move(next, j, STARTED, me, token);
    f.held.add(next, w, AheadState.heldEntry(j, token, false));
    next.fair("worker %d claims %d and holds it", w, j);
    if (runs.mayHave(now, w, Fault.CLAIM_REPLY_LOST)) {
      f.move(next, j, STARTED, me, token);
      f.clearPoller(next, w);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d claims %d, but no reply arrives", w, j);
    }
  }

  private void ask(State now, Next next, int w) {
    int j = f.pollerJob.of(now, w);
    int token = f.pollerToken.of(now, w);
    boolean found = f.isStarted(now, j, f.idOf(now, w), token);
    f.clearPoller(next, w);
    if (found) {
      f.held.add(next, w, AheadState.heldEntry(j, token, false));
    }
    next.fair(
        found
            ? "worker %d asks what it has claimed: %d"
            : "worker %d asks what it has claimed: not %d",
        w,
        j);
  }
}
