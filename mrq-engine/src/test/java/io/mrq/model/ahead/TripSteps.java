package io.mrq.model.ahead;

import static io.mrq.model.ahead.AheadState.CLAIM_SENT;
import static io.mrq.model.ahead.AheadState.FINAL;
import static io.mrq.model.ahead.AheadState.FINISH_SENT;
import static io.mrq.model.ahead.AheadState.IN_DOUBT;
import static io.mrq.model.ahead.AheadState.KNOWN;
import static io.mrq.model.ahead.AheadState.NOBODY;
import static io.mrq.model.ahead.AheadState.QUEUED;
import static io.mrq.model.ahead.AheadState.STARTED;
import static io.mrq.model.ahead.AheadState.TO_SEND;
import static io.mrq.model.ahead.AheadState.UNCLEAR;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** An outcome and the next claim in one command, whose answer is one number. */
final class TripSteps {
  private final Setup setup;
  private final AheadState f;
  private final RunSteps runs;

  TripSteps(Setup setup, AheadState f, RunSteps runs) {
    this.setup = setup;
    this.f = f;
    this.runs = runs;
  }

  void steps(State now, Next next, int w) {
    switch (f.poller.of(now, w)) {
      case FINISH_SENT -> applyClaim(now, next, w);
      case CLAIM_SENT -> answer(now, next, w);
      default -> {}
    }
  }

  void send(State now, Next next, int w) {
    int j = f.pollerJob.of(now, w);
    int token = f.freshToken(now);
    int run = firstToSend(now, w);
    if (run == 0) {
      sendClaimAlone(now, next, w, j, token);
      return;
    }
    boolean matches = f.hasRun(now, run);
    int finished = AheadState.jobOf(run);
    if (matches) {
      f.move(next, finished, FINAL, NOBODY, 0);
    }
    f.setPoller(next, w, FINISH_SENT, j, token);
    f.tripRun.set(next, w, AheadState.idOfRun(run));
    f.finishMatched.set(next, w, matches ? 1 : 0);
    next.fair(
        matches
            ? "worker %d sends finish %d + claim %d; the finish matches"
            : "worker %d sends finish %d + claim %d; the finish matches nothing",
        w,
        finished,
        j);
  }

  private int firstToSend(State now, int w) {
    for (int k = 0; k < f.runs.size(now, w); k++) {
      if (AheadState.outcomeOf(f.runs.get(now, w, k)) == TO_SEND) {
        return f.runs.get(now, w, k);
      }
    }
    return 0;
  }

  private void sendClaimAlone(State now, Next next, int w, int j, int token) {
    boolean won = f.status.of(now, j) == QUEUED;
    f.clearPoller(next, w);
    if (won) {
      f.move(next, j, STARTED, f.idOf(now, w), token);
      f.held.add(next, w, AheadState.heldEntry(j, token, false));
    }
    next.fair(
        won ? "worker %d sends claim %d alone: won" : "worker %d sends claim %d alone: not won",
        w,
        j);
  }

  /** The two writes of a trip are not one. */
  private void applyClaim(State now, Next next, int w) {
    int j = f.pollerJob.of(now, w);
    int token = f.pollerToken.of(now, w);
    boolean won = f.status.of(now, j) == QUEUED;
    if (won) {
      f.move(next, j, STARTED, f.idOf(now, w), token);
    }
    f.poller.set(next, w, CLAIM_SENT);
    f.claimMatched.set(next, w, won ? 1 : 0);
    next.fair(won ? "… the claim of %d matches" : "… the claim of %d matches nothing", j);
    if (runs.mayHave(now, w, Fault.TRIP_REPLY_LOST)) {
      setOutcome(now, next, w, IN_DOUBT, false);
      f.setPoller(next, w, UNCLEAR, j, token);
      if (f.lateToken.of(now) == 0) {
        f.setLate(next, f.idOf(now, w), j, token);
      }
      f.faultsLeft.add(next, 0, -1);
      next.fault("after the finish the connection breaks; the claim of %d is late, or lost", j);
    }
  }

  /** The worker is told one number, and finds what it has claimed. */
  private void answer(State now, Next next, int w) {
    int j = f.pollerJob.of(now, w);
    int token = f.pollerToken.of(now, w);
    int matched = f.finishMatched.of(now, w) + f.claimMatched.of(now, w);
    boolean found = f.isStarted(now, j, f.idOf(now, w), token);
    if (!setup.keeps(Rule.TRIP_COUNTS_ARE_NOT_SUBTRACTED)) {
      subtract(now, next, w, matched - (found ? 1 : 0));
    }
    setOutcome(now, next, w, KNOWN, false);
    f.clearPoller(next, w);
    if (found) {
      f.held.add(next, w, AheadState.heldEntry(j, token, false));
    }
    next.fair(
        found
            ? "worker %d is told that %d matched, and finds %d"
            : "worker %d is told that %d matched, and does not find %d",
        w,
        matched,
        j);
    if (runs.mayHave(now, w, Fault.TRIP_REPLY_LOST)) {
      setOutcome(now, next, w, IN_DOUBT, true);
      f.setPoller(next, w, UNCLEAR, j, token);
      f.faultsLeft.add(next, 0, -1);
      next.fault("the reply to worker %d about finish and claim of %d is lost", w, j);
    }
  }

  /** A claimed job that is lost before the find makes a lost outcome look stored. */
  private void subtract(State now, Next next, int w, int left) {
    for (int k = 0; k < f.runs.size(now, w); k++) {
      int run = f.runs.get(now, w, k);
      boolean isSent = AheadState.idOfRun(run) == f.tripRun.of(now, w);
      if (isSent
          && AheadState.outcomeOf(run) == TO_SEND
          && left != 0
          && !f.finishMatched.isSet(now, w)) {
        next.breaks(
            Invariant.LOST_OUTCOME_IS_KNOWN,
            "worker %d takes the outcome of %d for stored",
            w,
            AheadState.jobOf(run));
      }
    }
  }

  private void setOutcome(State now, Next next, int w, int outcome, boolean onlyUnsent) {
    f.runs.clear(next, w);
    for (int k = 0; k < f.runs.size(now, w); k++) {
      int run = f.runs.get(now, w, k);
      boolean meant =
          AheadState.idOfRun(run) == f.tripRun.of(now, w)
              && (!onlyUnsent || AheadState.outcomeOf(run) == TO_SEND);
      f.runs.add(next, w, meant ? AheadState.with(run, AheadState.bodyOf(run), outcome) : run);
    }
  }
}
