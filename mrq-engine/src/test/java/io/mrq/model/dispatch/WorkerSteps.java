package io.mrq.model.dispatch;

import static io.mrq.model.dispatch.DispatchState.CANCELLED;
import static io.mrq.model.dispatch.DispatchState.DEAD;
import static io.mrq.model.dispatch.DispatchState.FINAL;
import static io.mrq.model.dispatch.DispatchState.HAS_CLAIMED;
import static io.mrq.model.dispatch.DispatchState.HAS_FOUND;
import static io.mrq.model.dispatch.DispatchState.HAS_TAKEN;
import static io.mrq.model.dispatch.DispatchState.IDLE;
import static io.mrq.model.dispatch.DispatchState.PAUSED;
import static io.mrq.model.dispatch.DispatchState.QUEUED;
import static io.mrq.model.dispatch.DispatchState.STARTED;
import static io.mrq.model.dispatch.DispatchState.UP;
import static io.mrq.model.dispatch.DispatchState.WORKERS;
import static io.mrq.model.dispatch.Setup.ClaimedSet.NONE;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** What a worker does with the ids that it takes, and what befalls its process. */
final class WorkerSteps {
  private static final int SLOTS = 2;

  private final Setup setup;
  private final DispatchState f;
  private final OutcomeSteps outcomes;
  private final boolean beatIsInMongo;
  private final boolean beatTellsOfLoss;
  private final boolean claimAsksForQueued;
  private final boolean claimNeedsFreshBeat;
  private final boolean findsByToken;
  private final boolean audits;
  private final boolean confirms;

  WorkerSteps(Setup setup, DispatchState f) {
    this.setup = setup;
    this.f = f;
    outcomes = new OutcomeSteps(setup, f);
    beatIsInMongo = setup.rules.contains(Rule.BEAT_IN_MONGODB);
    beatTellsOfLoss = setup.rules.contains(Rule.COUNTED_READS_AND_COMPARE_AND_SET);
    claimAsksForQueued = setup.rules.contains(Rule.CLAIM_ASKS_FOR_QUEUED);
    claimNeedsFreshBeat = setup.rules.contains(Rule.FRESH_BEAT_BEFORE_CLAIM);
    findsByToken = setup.rules.contains(Rule.FIND_BY_TOKEN);
    audits = setup.rules.contains(Rule.AUDIT);
    confirms = setup.claimedSet != NONE;
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
    claim(now, next, w);
    find(now, next, w);
    confirm(now, next, w);
    outcomes.steps(now, next, w);
    audit(now, next, w);
  }

  private boolean mayHave(State now, Fault fault) {
    return f.faultsLeft.of(now) > 0 && setup.faultKinds.contains(fault);
  }

  private void processFaults(State now, Next next, int w) {
    boolean up = f.mode.of(now, w) == UP;
    if (mayHave(now, Fault.WORKER_KILLED)) {
      f.faultsLeft.add(next, 0, -1);
      f.mode.set(next, w, DEAD);
      f.clearPoller(next, w);
      f.runs.clear(next, w);
      f.fresh.set(next, w, 0);
      next.fault("worker %d is killed", w);
    }
    if (up && mayHave(now, Fault.WORKER_PAUSED)) {
      f.faultsLeft.add(next, 0, -1);
      f.mode.set(next, w, PAUSED);
      f.fresh.set(next, w, 0);
      next.fault("worker %d is paused", w);
    }
    if (up && !f.cut.isSet(now, w) && mayHave(now, Fault.WORKER_CUT_FROM_REDIS)) {
      f.faultsLeft.add(next, 0, -1);
      f.cut.set(next, w, 1);
      next.fault("worker %d is cut off from Redis", w);
    }
  }

  private void beat(State now, Next next, int w) {
    if (!beatIsInMongo && f.cut.isSet(now, w)) {
      return;
    }
    if (beatTellsOfLoss && f.lost.isSet(now, w)) {
      f.epoch.add(next, w, 1);
      f.lost.set(next, w, 0);
      f.fresh.set(next, w, 1);
      f.looks.set(next, w, 0);
      f.stoodStill.set(next, w, 0);
      f.beaten.set(next, w, 1);
      f.runs.clear(next, w);
      if (f.poller.of(now, w) != HAS_TAKEN) {
        f.clearPoller(next, w);
      }
      next.fair("worker %d: its beat says lost; it takes a new id and interrupts its runs", w);
    } else if (!f.beaten.isSet(now, w) || !f.fresh.isSet(now, w)) {
      f.beaten.set(next, w, 1);
      f.fresh.set(next, w, 1);
      f.stoodStill.set(next, w, 0);
      next.fair("worker %d beats", w);
    }
  }

  private void take(State now, Next next, int w) {
    if (f.poller.of(now, w) != IDLE || f.runs.size(now, w) == SLOTS || f.cut.isSet(now, w)) {
      return;
    }
    for (int j = 0; j < f.jobs; j++) {
      if (f.ready.isSet(now, j)) {
        f.ready.set(next, j, 0);
        f.claimed.set(next, j * WORKERS + w, confirms ? 1 : 0);
        f.setPoller(next, w, HAS_TAKEN, j, 0);
        next.fair("worker %d takes %d", w, j);
      }
    }
  }

  private void claim(State now, Next next, int w) {
    boolean mayClaim = f.fresh.isSet(now, w) || !claimNeedsFreshBeat;
    if (f.poller.of(now, w) != HAS_TAKEN || !mayClaim) {
      return;
    }
    int j = f.pollerJob.of(now, w);
    int status = f.status.of(now, j);
    if (status != QUEUED && claimAsksForQueued) {
      f.setPoller(next, w, HAS_CLAIMED, j, 0);
      next.fair("worker %d claims %d: not won", w, j);
      return;
    }
    String name = "worker %d claims %d";
    if (status == CANCELLED) {
      next.breaks(Invariant.CANCELLED_JOB_NEVER_STARTS, name, w, j);
    }
    if (status == FINAL) {
      next.breaks(Invariant.FINAL_STATUS_STAYS, name, w, j);
    }
    if (f.lost.isSet(now, w)) {
      next.breaks(Invariant.LOST_WORKER_CLAIMS_NOTHING, name, w, j);
    }
    int attempt = f.attempt.of(now, j) + 1;
    won(now, next, w, j, attempt);
    f.setPoller(next, w, HAS_CLAIMED, j, attempt);
    next.fair("worker %d claims %d: won, attempt %d", w, j, attempt);
    if (mayHave(now, Fault.CLAIM_REPLY_LOST)) {
      won(now, next, w, j, attempt);
      f.faultsLeft.add(next, 0, -1);
      f.clearPoller(next, w);
      next.fault("worker %d claims %d (applied), but no reply arrives, and it gives up", w, j);
    }
  }

  private void won(State now, Next next, int w, int j, int attempt) {
    f.status.set(next, j, STARTED);
    f.owner.set(next, j, f.idOf(now, w));
    f.attempt.set(next, j, attempt);
  }

  private void find(State now, Next next, int w) {
    if (f.poller.of(now, w) != HAS_CLAIMED) {
      return;
    }
    int j = f.pollerJob.of(now, w);
    int won = f.pollerWon.of(now, w);
    int attempt = f.attempt.of(now, j);
    boolean found =
        f.isStartedBy(now, j, f.idOf(now, w)) && (!findsByToken || won > 0 && won == attempt);
    if (confirms) {
      f.setPoller(next, w, HAS_FOUND, j, 0);
    } else {
      f.clearPoller(next, w);
    }
    if (!found) {
      next.fair("worker %d finds that it did not win %d", w, j);
      return;
    }
    if (f.runs(now, w, j, attempt)) {
      next.breaks(Invariant.ATTEMPT_RUNS_ONCE, "worker %d runs %d, attempt %d", w, j, attempt);
    }
    f.runs.add(next, w, DispatchState.run(j, attempt, false));
    next.fair("worker %d finds %d and runs it, attempt %d", w, j, attempt);
  }

  /** The first design told Redis that the claimed id has reached its worker. */
  private void confirm(State now, Next next, int w) {
    if (f.poller.of(now, w) == HAS_FOUND) {
      int j = f.pollerJob.of(now, w);
      f.claimed.set(next, j * WORKERS + w, 0);
      f.clearPoller(next, w);
      next.fair("worker %d confirms %d", w, j);
    }
  }

  private void audit(State now, Next next, int w) {
    boolean may = f.poller.of(now, w) == IDLE && f.fresh.isSet(now, w) && !f.lost.isSet(now, w);
    if (!audits || !may) {
      return;
    }
    for (int j = 0; j < f.jobs; j++) {
      if (f.isStartedBy(now, j, f.idOf(now, w)) && !f.runs(now, w, j, f.attempt.of(now, j))) {
        f.status.set(next, j, QUEUED);
        f.offer(next, j);
        next.fair(
            "worker %d audits: %d is started in its name, but it does not run: put back", w, j);
      }
    }
  }
}
