package io.mrq.model.dispatch;

import static io.mrq.model.dispatch.DispatchState.FINAL;
import static io.mrq.model.dispatch.DispatchState.RETRY;
import static io.mrq.model.dispatch.DispatchState.STARTED;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** How a worker writes the outcome of a run. */
final class OutcomeSteps {
  private final DispatchState f;
  private final boolean fenceAsksForStarted;
  private final boolean fenceAsksForWorker;
  private final boolean fenceAsksForClaim;
  private final boolean unclearIsLookedUp;
  private final boolean jobsRetry;
  private final boolean repliesGetLost;

  OutcomeSteps(Setup setup, DispatchState f) {
    this.f = f;
    fenceAsksForStarted = setup.rules.contains(Rule.FENCE_ASKS_FOR_STARTED);
    fenceAsksForWorker = setup.rules.contains(Rule.FENCE_ASKS_FOR_WORKER);
    fenceAsksForClaim = setup.rules.contains(Rule.FENCE_ASKS_FOR_CLAIM);
    unclearIsLookedUp = setup.rules.contains(Rule.UNCLEAR_OUTCOME_IS_LOOKED_UP);
    jobsRetry = setup.eventKinds.contains(Event.RETRY);
    repliesGetLost = setup.faultKinds.contains(Fault.OUTCOME_REPLY_LOST);
  }

  void steps(State now, Next next, int w) {
    int before = 0;
    for (int k = 0; k < f.runs.size(now, w); k++) {
      int run = f.runs.get(now, w, k);
      if (run != before) {
        if (DispatchState.isUnclear(run)) {
          sendAgain(now, next, w, k);
        } else {
          send(now, next, w, k);
        }
      }
      before = run;
    }
  }

  /** Whether the guarded write of this run's outcome would match the job's document. */
  private boolean fenceMatches(State now, int w, int run) {
    int j = DispatchState.jobOf(run);
    return (!fenceAsksForStarted || f.status.of(now, j) == STARTED)
        && (!fenceAsksForWorker || f.owner.of(now, j) == f.idOf(now, w))
        && (!fenceAsksForClaim || f.attempt.of(now, j) == DispatchState.attemptOf(run));
  }

  private void send(State now, Next next, int w, int k) {
    int run = f.runs.get(now, w, k);
    int j = DispatchState.jobOf(run);
    int attempt = DispatchState.attemptOf(run);
    if (!fenceMatches(now, w, run)) {
      f.runs.removeAt(next, w, k);
      next.fair("worker %d commits %d, attempt %d: matched nothing, dropped", w, j, attempt);
      return;
    }
    if (f.isFinal(now, j)) {
      next.breaks(Invariant.FINAL_STATUS_STAYS, "worker %d commits %d", w, j);
    } else if (!f.isStartedBy(now, j, f.idOf(now, w)) || f.attempt.of(now, j) != attempt) {
      next.breaks(
          Invariant.STALE_ATTEMPT_COMMITS_NOTHING,
          "worker %d commits %d, its attempt %d, over attempt %d",
          w,
          j,
          attempt,
          f.attempt.of(now, j));
    }
    f.status.set(next, j, FINAL);
    f.runs.removeAt(next, w, k);
    next.fair("worker %d commits %d, attempt %d: success", w, j, attempt);
    if (jobsRetry && f.eventsLeft.of(now) > 0) {
      f.status.set(next, j, RETRY);
      f.runs.removeAt(next, w, k);
      f.eventsLeft.add(next, 0, -1);
      next.chance("worker %d commits %d, attempt %d: retry", w, j, attempt);
    }
    if (repliesGetLost && f.faultsLeft.of(now) > 0) {
      f.status.set(next, j, FINAL);
      f.runs.replaceAt(next, w, k, DispatchState.run(j, attempt, true));
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d commits %d, attempt %d: success, but the reply is lost", w, j, attempt);
    }
  }

  /** The outcome was applied before, but the worker does not know it. */
  private void sendAgain(State now, Next next, int w, int k) {
    int run = f.runs.get(now, w, k);
    int j = DispatchState.jobOf(run);
    if (fenceMatches(now, w, run)) {
      next.breaks(Invariant.ATTEMPT_COMMITS_ONCE, "worker %d sends the outcome of %d again", w, j);
    } else if (!unclearIsLookedUp) {
      next.breaks(
          Invariant.STORED_OUTCOME_IS_KNOWN,
          "worker %d sends the outcome of %d again: matched nothing",
          w,
          j);
    }
    f.runs.removeAt(next, w, k);
    next.fair("worker %d sends the outcome of %d again and learns that it is stored", w, j);
  }
}
