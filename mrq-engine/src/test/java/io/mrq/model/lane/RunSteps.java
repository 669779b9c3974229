package io.mrq.model.lane;

import static io.mrq.model.lane.LaneState.FINAL;
import static io.mrq.model.lane.LaneState.IN_DOUBT;
import static io.mrq.model.lane.LaneState.KNOWN;
import static io.mrq.model.lane.LaneState.NOBODY;
import static io.mrq.model.lane.LaneState.NONE;
import static io.mrq.model.lane.LaneState.STARTED;
import static io.mrq.model.lane.LaneState.TO_SEND;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** How a body ends, its outcome is stored and its permit is given back; and the worker's audit. */
final class RunSteps {
  private final Setup setup;
  private final LaneState f;

  RunSteps(Setup setup, LaneState f) {
    this.setup = setup;
    this.f = f;
  }

  boolean mayHave(State now, int w, Fault fault) {
    return f.faultsLeft.of(now) > 0
        && (w == 0 || !setup.faultsHitOnlyWorker0)
        && setup.faultKinds.contains(fault);
  }

  private boolean mayHave(State now, Event event) {
    return f.eventsLeft.of(now) > 0 && setup.eventKinds.contains(event);
  }

  void steps(State now, Next next, int w) {
    if (f.run.isSet(now, w)) {
      body(now, next, w);
      outcome(now, next, w);
    }
    for (int k = 0; k < f.releases.size(now, w); k++) {
      release(now, next, w, k);
    }
    if (f.fresh.isSet(now, w) && !f.lost.isSet(now, w)) {
      auditJobs(now, next, w);
    }
    if (setup.keeps(Rule.AUDIT_OF_PERMITS)) {
      auditPermits(now, next, w);
    }
  }

  private boolean stillHasJob(State now, int w) {
    return f.isStarted(now, f.runJob.of(now, w), f.runOwner.of(now, w), f.run.of(now, w));
  }

  private void body(State now, Next next, int w) {
    int j = f.runJob.of(now, w);
    if (!f.body.isSet(now, w)) {
      return;
    }
    if (f.outcome.of(now, w) != NONE) {
      f.body.set(next, w, 0);
      next.fair("worker %d: the body of %d ends at last", w, j);
      return;
    }
    f.body.set(next, w, 0);
    f.outcome.set(next, w, TO_SEND);
    next.fair("worker %d: the body of %d ends", w, j);
    if (mayHave(now, Event.BODY_IGNORES_INTERRUPT)) {
      f.outcome.set(next, w, TO_SEND);
      f.eventsLeft.add(next, 0, -1);
      next.chance("worker %d: %d times out, and its body ignores the interrupt", w, j);
    }
    if (!stillHasJob(now, w)) {
      f.outcome.set(next, w, KNOWN);
      next.fair(
          "worker %d: the audit finds that %d is not its own any more and interrupts it", w, j);
    }
  }

  private void outcome(State now, Next next, int w) {
    int j = f.runJob.of(now, w);
    boolean mine = stillHasJob(now, w);
    if (f.outcome.of(now, w) == TO_SEND) {
      if (mine) {
        store(now, next, w, j);
      } else {
        f.outcome.set(next, w, KNOWN);
        next.fair("worker %d: the outcome of %d matches nothing, dropped", w, j);
      }
    } else if (f.outcome.of(now, w) == IN_DOUBT) {
      if (mine) {
        next.breaks(
            Invariant.ATTEMPT_COMMITS_ONCE, "worker %d sends the outcome of %d again", w, j);
      }
      f.outcome.set(next, w, KNOWN);
      next.fair("worker %d learns that the outcome of %d is stored", w, j);
    }
  }

  private void store(State now, Next next, int w, int j) {
    f.move(next, j, FINAL, NOBODY, 0);
    f.outcome.set(next, w, KNOWN);
    next.fair("worker %d stores the outcome of %d", w, j);
    if (mayHave(now, Event.RETRY)) {
      f.queueAgain(next, j);
      f.outcome.set(next, w, KNOWN);
      f.eventsLeft.add(next, 0, -1);
      next.chance("worker %d stores the outcome of %d: retry at once", w, j);
    }
    if (mayHave(now, w, Fault.OUTCOME_REPLY_LOST)) {
      f.move(next, j, FINAL, NOBODY, 0);
      f.outcome.set(next, w, IN_DOUBT);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d stores the outcome of %d, but the reply is lost", w, j);
    }
  }

  private void release(State now, Next next, int w, int k) {
    int token = f.releases.get(now, w, k) >> 2;
    int j = f.releases.get(now, w, k) & 3;
    removePermit(now, next, w, token, j);
    f.releases.removeAt(next, w, k);
    f.opening.set(next, 1);
    next.fair("worker %d gives the permit of %d back and opens the lane", w, j);
    if (mayHave(now, w, Fault.RELEASE_REPLY_LOST)) {
      removePermit(now, next, w, token, j);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d gives the permit of %d back, but the reply is lost", w, j);
    }
  }

  private void removePermit(State now, Next next, int w, int token, int job) {
    int me = f.idOf(now, w);
    boolean byToken = setup.keeps(Rule.RELEASE_BY_TOKEN);
    f.remove(
        next,
        permit ->
            byToken
                ? LaneState.tokenOfPermit(permit) == token
                : LaneState.ownerOfPermit(permit) == me && LaneState.jobOfPermit(permit) == job);
  }

  private boolean knows(State now, int w, int token) {
    return f.run.of(now, w) == token
        || f.isReleasing(now, w, token)
        || setup.keeps(Rule.CLAIMS_ON_THEIR_WAY_ARE_KNOWN) && f.tokenOnItsWay(now, w) == token;
  }

  private void auditJobs(State now, Next next, int w) {
    for (int j = 0; j < f.jobs; j++) {
      int token = f.token.of(now, j);
      boolean justClaimed =
          f.poller.of(now, w) == LaneState.HAS_CLAIMED && f.pollerNumber.of(now, w) == token;
      if (f.status.of(now, j) == STARTED
          && f.owner.of(now, j) == f.idOf(now, w)
          && !knows(now, w, token)
          && !justClaimed) {
        f.queueAgain(next, j);
        next.fair(
            "worker %d audits: %d is started in its name, but it does not run: put back", w, j);
      }
    }
  }

  private void auditPermits(State now, Next next, int w) {
    for (int k = 0; k < f.held(now); k++) {
      int permit = f.holders.get(now, 0, k);
      boolean own = LaneState.processOf(LaneState.ownerOfPermit(permit)) == w;
      if (own && !knows(now, w, LaneState.tokenOfPermit(permit))) {
        f.remove(next, each -> each == permit);
        f.opening.set(next, 1);
        next.fair(
            "worker %d audits: it does not know a permit for %d and gives it back",
            w, LaneState.jobOfPermit(permit));
      }
    }
  }
}
