package io.mrq.model.ahead;

import static io.mrq.model.ahead.AheadState.CLAIM_SENT;
import static io.mrq.model.ahead.AheadState.ENDED;
import static io.mrq.model.ahead.AheadState.FINAL;
import static io.mrq.model.ahead.AheadState.FINISH_SENT;
import static io.mrq.model.ahead.AheadState.GOES_ON;
import static io.mrq.model.ahead.AheadState.HANGS;
import static io.mrq.model.ahead.AheadState.HAS_TAKEN;
import static io.mrq.model.ahead.AheadState.IN_DOUBT;
import static io.mrq.model.ahead.AheadState.KNOWN;
import static io.mrq.model.ahead.AheadState.NOBODY;
import static io.mrq.model.ahead.AheadState.NONE;
import static io.mrq.model.ahead.AheadState.TO_SEND;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** How bodies end, and their outcomes are stored. */
final class RunSteps {
  private final Setup setup;
  private final AheadState f;

  RunSteps(Setup setup, AheadState f) {
    this.setup = setup;
    this.f = f;
  }

  boolean mayHave(State now, int w, Fault fault) {
    return f.faultsLeft.of(now) > 0
        && (w == 0 || !setup.faultsHitOnlyWorker0)
        && setup.faultKinds.contains(fault);
  }

  void steps(State now, Next next, int w) {
    for (int k = 0; k < f.runs.size(now, w); k++) {
      int run = f.runs.get(now, w, k);
      if (AheadState.bodyOf(run) == GOES_ON) {
        body(now, next, w, k);
      }
      if (AheadState.outcomeOf(run) == TO_SEND && mayStore(now, w, run)) {
        store(now, next, w, k);
      }
      if (AheadState.outcomeOf(run) == IN_DOUBT) {
        learn(now, next, w, k);
      }
    }
  }

  /** An outcome that goes with a claim is not sent by itself. */
  private boolean mayStore(State now, int w, int run) {
    int stage = f.poller.of(now, w);
    boolean onItsWay =
        (stage == FINISH_SENT || stage == CLAIM_SENT)
            && f.tripRun.of(now, w) == AheadState.idOfRun(run);
    return !onItsWay && !(setup.oneTrip && stage == HAS_TAKEN);
  }

  private void change(Next next, int w, int k, int run, int body, int outcome) {
    f.runs.replaceAt(next, w, k, AheadState.with(run, body, outcome));
  }

  private void body(State now, Next next, int w, int k) {
    int run = f.runs.get(now, w, k);
    int j = AheadState.jobOf(run);
    int outcome = AheadState.outcomeOf(run);
    change(next, w, k, run, ENDED, outcome == NONE ? TO_SEND : outcome);
    next.fair("worker %d: the body of %d ends", w, j);
    if (outcome != NONE) {
      return;
    }
    if (f.eventsLeft.of(now) > 0 && setup.eventKinds.contains(Event.BODY_HANGS)) {
      change(next, w, k, run, HANGS, NONE);
      f.eventsLeft.add(next, 0, -1);
      next.chance("worker %d: the body of %d hangs", w, j);
    }
    if (!f.hasRun(now, run)) {
      change(next, w, k, run, GOES_ON, KNOWN);
      next.fair(
          "worker %d: the audit finds that %d is not its own any more and interrupts it", w, j);
    }
  }

  private void store(State now, Next next, int w, int k) {
    int run = f.runs.get(now, w, k);
    int j = AheadState.jobOf(run);
    int body = AheadState.bodyOf(run);
    if (!f.hasRun(now, run)) {
      change(next, w, k, run, body, KNOWN);
      next.fair("worker %d: the outcome of %d matches nothing, dropped", w, j);
      return;
    }
    f.move(next, j, FINAL, NOBODY, 0);
    change(next, w, k, run, body, KNOWN);
    next.fair("worker %d stores the outcome of %d", w, j);
    if (mayHave(now, w, Fault.OUTCOME_REPLY_LOST)) {
      f.move(next, j, FINAL, NOBODY, 0);
      change(next, w, k, run, body, IN_DOUBT);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d stores the outcome of %d, but the reply is lost", w, j);
    }
  }

  private void learn(State now, Next next, int w, int k) {
    int run = f.runs.get(now, w, k);
    int j = AheadState.jobOf(run);
    if (f.hasRun(now, run)) {
      next.breaks(Invariant.ATTEMPT_COMMITS_ONCE, "worker %d sends the outcome of %d again", w, j);
    }
    change(next, w, k, run, AheadState.bodyOf(run), KNOWN);
    next.fair("worker %d learns what became of the outcome of %d", w, j);
  }
}
