package io.mrq.model.ahead;

import static io.mrq.model.ahead.AheadState.GOES_ON;
import static io.mrq.model.ahead.AheadState.HAS_TAKEN;
import static io.mrq.model.ahead.AheadState.IDLE;
import static io.mrq.model.ahead.AheadState.NONE;
import static io.mrq.model.ahead.AheadState.STARTED;
import static io.mrq.model.ahead.Setup.JOBS;
import static io.mrq.model.ahead.Setup.SLOTS;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** What becomes of held jobs: started, given back, or lost; and the worker's audit. */
final class HeldSteps {
  private final Setup setup;
  private final AheadState f;
  private final RunSteps runs;

  HeldSteps(Setup setup, AheadState f, RunSteps runs) {
    this.setup = setup;
    this.f = f;
    this.runs = runs;
  }

  void steps(State now, Next next, int w) {
    for (int k = 0; k < f.held.size(now, w); k++) {
      int entry = f.held.get(now, w, k);
      int j = AheadState.jobOfHeld(entry);
      boolean unclear = AheadState.isReturnUnclear(entry);
      boolean mine = f.isStarted(now, j, f.idOf(now, w), AheadState.tokenOfHeld(entry));
      start(now, next, w, k, mine);
      if (unclear) {
        f.held.removeAt(next, w, k);
        next.fair("worker %d asks about %d: given back", w, j);
      } else if (setup.keeps(Rule.HELD_JOBS_ARE_GIVEN_BACK)) {
        giveBack(now, next, w, k, mine);
      }
      if (!mine && !unclear) {
        f.held.removeAt(next, w, k);
        next.fair("worker %d audits: %d, which it holds, is not its own any more", w, j);
      }
    }
  }

  private void start(State now, Next next, int w, int k, boolean mine) {
    int entry = f.held.get(now, w, k);
    int j = AheadState.jobOfHeld(entry);
    boolean unclear = AheadState.isReturnUnclear(entry);
    boolean proven = f.fresh.isSet(now, w) || !setup.keeps(Rule.START_NEEDS_FRESH_BEAT);
    boolean asks = unclear && setup.keeps(Rule.UNCLEAR_RETURN_IS_ASKED_FOR);
    if (f.busy(now, w) >= SLOTS || !proven || asks) {
      return;
    }
    String name = "worker %d starts %d, which it held";
    if (f.lost.isSet(now, w) && !mine) {
      next.breaks(Invariant.RESCUED_JOB_IS_NOT_STARTED, name, w, j);
    }
    if (unclear) {
      next.breaks(Invariant.RETURNED_JOB_IS_NOT_STARTED, name, w, j);
    }
    int token = AheadState.tokenOfHeld(entry);
    f.held.removeAt(next, w, k);
    f.runs.add(next, w, AheadState.run(j, token, f.idOf(now, w), GOES_ON, NONE));
    next.fair(name, w, j);
  }

  private void giveBack(State now, Next next, int w, int k, boolean mine) {
    int entry = f.held.get(now, w, k);
    int j = AheadState.jobOfHeld(entry);
    if (mine) {
      f.queueAgain(next, j);
    }
    f.held.removeAt(next, w, k);
    next.fair("worker %d gives %d back", w, j);
    if (mine && runs.mayHave(now, w, Fault.RETURN_REPLY_LOST)) {
      f.queueAgain(next, j);
      f.held.replaceAt(next, w, k, AheadState.heldEntry(j, AheadState.tokenOfHeld(entry), true));
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d gives %d back, but the reply is lost", w, j);
    }
  }

  void audit(State now, Next next, int w) {
    if (!f.fresh.isSet(now, w) || f.lost.isSet(now, w)) {
      return;
    }
    for (int j = 0; j < JOBS; j++) {
      int token = f.token.of(now, j);
      boolean own = f.status.of(now, j) == STARTED && f.owner.of(now, j) == f.idOf(now, w);
      if (own && !knows(now, w, token)) {
        String name = "worker %d audits: it does not know %d: put back";
        if (holds(now, w, j, token)) {
          next.breaks(Invariant.AUDIT_KNOWS_HELD_JOBS, name, w, j);
        }
        f.queueAgain(next, j);
        next.fair(name, w, j);
      }
    }
  }

  private boolean knows(State now, int w, int token) {
    int stage = f.poller.of(now, w);
    return f.runsToken(now, w, token)
        || setup.keeps(Rule.AUDIT_KNOWS_HELD_JOBS) && f.holdsToken(now, w, token)
        || stage != IDLE && stage != HAS_TAKEN && f.pollerToken.of(now, w) == token;
  }

  private boolean holds(State now, int w, int job, int token) {
    return f.held.contains(now, w, AheadState.heldEntry(job, token, false))
        || f.held.contains(now, w, AheadState.heldEntry(job, token, true));
  }
}
