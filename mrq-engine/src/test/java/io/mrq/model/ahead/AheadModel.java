package io.mrq.model.ahead;

import static io.mrq.model.ahead.AheadState.CANCELLED;
import static io.mrq.model.ahead.AheadState.DEAD;
import static io.mrq.model.ahead.AheadState.ENDED;
import static io.mrq.model.ahead.AheadState.FINAL;
import static io.mrq.model.ahead.AheadState.HANGS;
import static io.mrq.model.ahead.AheadState.KNOWN;
import static io.mrq.model.ahead.AheadState.NOBODY;
import static io.mrq.model.ahead.AheadState.QUEUED;
import static io.mrq.model.ahead.AheadState.STARTED;
import static io.mrq.model.ahead.AheadState.UP;
import static io.mrq.model.ahead.Setup.JOBS;
import static io.mrq.model.ahead.Setup.WORKERS;

import io.mrq.model.Layout;
import io.mrq.model.Model;
import io.mrq.model.Next;
import io.mrq.model.State;

/**
 * Workers claim one job more than they have slots, and hold it until a slot is free; or they send
 * an outcome and the next claim in one command. Redis is left out: a worker may take whatever is
 * queued.
 */
final class AheadModel implements Model {
  private static final int LEASE = 1;

  private final Setup setup;
  private final AheadState f = new AheadState();
  private final WorkerSteps worker;

  AheadModel(Setup setup) {
    this.setup = setup;
    worker = new WorkerSteps(setup, f);
  }

  @Override
  public Layout layout() {
    return f.layout;
  }

  @Override
  public void start(State first) {
    for (int w = 0; w < WORKERS; w++) {
      f.fresh.set(first, w, 1);
    }
    f.faultsLeft.set(first, setup.faults);
    f.eventsLeft.set(first, setup.events);
  }

  @Override
  public void steps(State now, Next next) {
    if (f.lateToken.of(now) != 0) {
      lateClaim(now, next);
    }
    for (int w = 0; w < WORKERS; w++) {
      worker.steps(now, next, w);
    }
    for (int w = 0; w < WORKERS; w++) {
      judgeWorker(now, next, w);
      rescue(now, next, w);
    }
    for (int j = 0; j < JOBS && f.eventsLeft.of(now) > 0; j++) {
      act(now, next, j);
    }
  }

  private void lateClaim(State now, Next next) {
    int job = f.lateJob.of(now);
    int owner = f.lateOwner.of(now);
    if (f.status.of(now, job) == QUEUED) {
      f.move(next, job, STARTED, owner, f.lateToken.of(now));
      f.setLate(next, 0, 0, 0);
      next.fair("the late claim of worker %d for %d arrives", AheadState.processOf(owner), job);
    }
    f.setLate(next, 0, 0, 0);
    next.fair("the late claim comes to nothing");
  }

  private boolean hasJobs(State now, int w) {
    for (int j = 0; j < JOBS; j++) {
      if (f.isStartedByProcess(now, j, w)) {
        return true;
      }
    }
    return false;
  }

  private void judgeWorker(State now, Next next, int w) {
    boolean up = f.mode.of(now, w) == UP;
    boolean beaten = f.beaten.isSet(now, w);
    boolean lost = f.lost.isSet(now, w);
    if (hasJobs(now, w)) {
      if (up && !lost && (f.looks.isSet(now, w) || beaten)) {
        f.looks.set(next, w, 0);
        f.beaten.set(next, w, 0);
        next.fair("the rescuer looks at worker %d: it beats", w);
      }
      if (!up && (beaten || f.looks.of(now, w) < LEASE)) {
        f.looks.set(next, w, beaten ? 0 : f.looks.of(now, w) + 1);
        f.beaten.set(next, w, 0);
        next.fair(
            beaten
                ? "the rescuer looks at worker %d: it has beaten since the last look"
                : "the rescuer looks at worker %d: its beat has not changed",
            w);
      }
    }
    if (f.looks.of(now, w) >= LEASE && !lost && !beaten) {
      f.lost.set(next, w, 1);
      next.fair("the rescuer marks worker %d lost", w);
    }
  }

  private void rescue(State now, Next next, int w) {
    boolean any = false;
    for (int j = 0; j < JOBS; j++) {
      boolean former = AheadState.epochOf(f.owner.of(now, j)) < f.epoch.of(now, w);
      if (f.isStartedByProcess(now, j, w) && (f.lost.isSet(now, w) || former)) {
        f.queueAgain(next, j);
        any = true;
      }
    }
    if (any) {
      next.fair("the rescuer takes what worker %d had", w);
    }
  }

  private void act(State now, Next next, int j) {
    int status = f.status.of(now, j);
    if (status == STARTED && setup.eventKinds.contains(Event.FORCED_REQUEUE)) {
      f.queueAgain(next, j);
      f.eventsLeft.add(next, 0, -1);
      next.chance("%d is requeued by force while it is started", j);
    }
    if (status < FINAL && setup.eventKinds.contains(Event.CANCEL)) {
      f.move(next, j, CANCELLED, NOBODY, 0);
      f.eventsLeft.add(next, 0, -1);
      next.chance("%d is cancelled", j);
    }
  }

  @Override
  public void forget(State state) {
    for (int w = 0; w < WORKERS; w++) {
      for (int k = f.runs.size(state, w) - 1; k >= 0; k--) {
        int run = f.runs.get(state, w, k);
        if (AheadState.bodyOf(run) == ENDED && AheadState.outcomeOf(run) == KNOWN) {
          f.runs.removeAt(state, w, k);
        }
      }
      if (!hasJobs(state, w) && !f.lost.isSet(state, w)) {
        f.looks.set(state, w, 0);
      }
      if (!f.looks.isSet(state, w)) {
        f.beaten.set(state, w, 0);
      }
    }
  }

  /** Nothing is asked of a job whose body hangs. */
  @Override
  public boolean ended(State state) {
    for (int j = 0; j < JOBS; j++) {
      if (f.status.of(state, j) < FINAL && !hangs(state, j)) {
        return false;
      }
    }
    return true;
  }

  private boolean hangs(State state, int job) {
    for (int w = 0; w < WORKERS; w++) {
      for (int k = 0; k < f.runs.size(state, w) && f.mode.of(state, w) != DEAD; k++) {
        int run = f.runs.get(state, w, k);
        if (AheadState.jobOf(run) == job && AheadState.bodyOf(run) == HANGS) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean mustProgress(State state) {
    for (int w = 0; w < WORKERS; w++) {
      boolean free = f.mode.of(state, w) == UP;
      for (int k = 0; k < f.runs.size(state, w); k++) {
        free &= AheadState.bodyOf(f.runs.get(state, w, k)) != HANGS;
      }
      if (free) {
        return true;
      }
    }
    return false;
  }
}
