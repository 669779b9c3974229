package io.mrq.model.dispatch;

import static io.mrq.model.dispatch.DispatchState.DEAD;
import static io.mrq.model.dispatch.DispatchState.NOBODY;
import static io.mrq.model.dispatch.DispatchState.PYTHON;
import static io.mrq.model.dispatch.DispatchState.STARTED;
import static io.mrq.model.dispatch.DispatchState.UP;
import static io.mrq.model.dispatch.DispatchState.WORKERS;

import io.mrq.model.Layout;
import io.mrq.model.Model;
import io.mrq.model.Next;
import io.mrq.model.State;

/**
 * Jobs in MongoDB, ids of them in Redis, two workers with two slots each, and a scheduler that
 * always runs. There is no time in it but for the looks of the rescuer: a live worker that is not
 * paused beats between any two of them.
 */
final class DispatchModel implements Model {
  private final Setup setup;
  private final DispatchState f;
  private final WorkerSteps worker;
  private final SchedulerSteps scheduler;
  private final OutsideSteps outside;
  private final boolean ownerMattersOnlyWhileStarted;
  private final boolean freshnessMatters;

  DispatchModel(Setup setup) {
    this.setup = setup;
    f = new DispatchState(setup.jobs);
    worker = new WorkerSteps(setup, f);
    scheduler = new SchedulerSteps(setup, f);
    outside = new OutsideSteps(setup, f);
    ownerMattersOnlyWhileStarted = setup.rules.contains(Rule.FENCE_ASKS_FOR_STARTED);
    freshnessMatters =
        setup.rules.contains(Rule.FRESH_BEAT_BEFORE_CLAIM) || setup.rules.contains(Rule.AUDIT);
  }

  @Override
  public Layout layout() {
    return f.layout;
  }

  /** All jobs are queued, and an offer of each is on its way. */
  @Override
  public void start(State first) {
    for (int j = 0; j < setup.jobs; j++) {
      f.offers.set(first, j, 1);
    }
    for (int w = 0; w < WORKERS; w++) {
      f.fresh.set(first, w, 1);
    }
    f.faultsLeft.set(first, setup.faults);
    f.eventsLeft.set(first, setup.events);
  }

  @Override
  public void steps(State now, Next next) {
    outside.offersArrive(now, next);
    for (int w = 0; w < WORKERS; w++) {
      worker.steps(now, next, w);
    }
    scheduler.steps(now, next);
    outside.faultsAndEvents(now, next);
  }

  @Override
  public void forget(State state) {
    for (int j = 0; j < setup.jobs && ownerMattersOnlyWhileStarted; j++) {
      if (f.status.of(state, j) != STARTED) {
        f.owner.set(state, j, NOBODY);
      }
    }
    for (int w = 0; w < WORKERS; w++) {
      forget(state, w);
    }
  }

  private void forget(State state, int w) {
    boolean hasJobs = hasJobs(state, w);
    if (!hasJobs && !f.verdict.isSet(state, w)) {
      f.looks.set(state, w, 0);
      f.stoodStill.set(state, w, 0);
    }
    if (!f.looks.isSet(state, w)) {
      f.beaten.set(state, w, 0);
    }
    if (f.mode.of(state, w) == DEAD) {
      f.cut.set(state, w, 0);
      f.fresh.set(state, w, 0);
      if (!hasJobs) {
        f.epoch.set(state, w, 0);
        f.lost.set(state, w, 0);
      }
    } else if (!freshnessMatters) {
      f.fresh.set(state, w, 1);
    }
  }

  /** Whether jobs are started under any id that the process has had. */
  private boolean hasJobs(State state, int w) {
    for (int j = 0; j < setup.jobs; j++) {
      int owner = f.owner.of(state, j);
      if (f.status.of(state, j) == STARTED
          && owner != PYTHON
          && DispatchState.processOf(owner) == w) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean ended(State state) {
    for (int j = 0; j < setup.jobs; j++) {
      if (!f.isFinal(state, j)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean mustProgress(State state) {
    for (int w = 0; w < WORKERS; w++) {
      if (f.mode.of(state, w) == UP && !f.cut.isSet(state, w)) {
        return true;
      }
    }
    return false;
  }
}
