package io.mrq.model.lane;

import static io.mrq.model.lane.LaneState.DEAD;
import static io.mrq.model.lane.LaneState.KNOWN;
import static io.mrq.model.lane.LaneState.KNOWN_AND_RELEASED;
import static io.mrq.model.lane.LaneState.STARTED;
import static io.mrq.model.lane.LaneState.UP;
import static io.mrq.model.lane.LaneState.WORKERS;

import io.mrq.model.Invariant;
import io.mrq.model.Layout;
import io.mrq.model.Model;
import io.mrq.model.Next;
import io.mrq.model.State;

/**
 * One lane in one queue. Its document in MongoDB holds the permits; Redis has hints which ids are
 * ready and whether the lane is closed. A look of the rescuer stands for the time in which a live
 * worker that is not paused beats, or learns that it was declared lost.
 */
final class LaneModel implements Model {
  private final Setup setup;
  private final LaneState f;
  private final WorkerSteps worker;
  private final DutySteps duties;
  private final OutsideSteps outside;
  private final boolean releasesAfterBody;

  LaneModel(Setup setup) {
    this.setup = setup;
    f = new LaneState(setup.jobs);
    worker = new WorkerSteps(setup, f);
    duties = new DutySteps(setup, f);
    outside = new OutsideSteps(setup, f);
    releasesAfterBody = setup.keeps(Rule.RELEASE_AFTER_BODY);
  }

  @Override
  public Layout layout() {
    return f.layout;
  }

  /** All jobs are queued and known to Redis. */
  @Override
  public void start(State first) {
    for (int j = 0; j < setup.jobs; j++) {
      f.ready.set(first, j, 1);
    }
    for (int w = 0; w < WORKERS; w++) {
      f.fresh.set(first, w, 1);
    }
    f.limit.set(first, setup.limit);
    f.allowed.set(first, setup.limit);
    f.faultsLeft.set(first, setup.faults);
    f.eventsLeft.set(first, setup.events);
  }

  @Override
  public void steps(State now, Next next) {
    outside.messagesArrive(now, next);
    for (int w = 0; w < WORKERS; w++) {
      worker.steps(now, next, w);
    }
    duties.steps(now, next);
    outside.faultsAndEvents(now, next);
  }

  @Override
  public void forget(State state) {
    f.allowed.set(state, Math.max(f.limit.of(state), Math.min(f.allowed.of(state), f.held(state))));
    for (int w = 0; w < WORKERS; w++) {
      endRun(state, w);
      forgetLooks(state, w);
    }
  }

  /** When the outcome is known and the body has ended, the permit is to be given back. */
  private void endRun(State state, int w) {
    int outcome = f.outcome.of(state, w);
    boolean goesOn = f.body.isSet(state, w);
    boolean stays = goesOn && (outcome == KNOWN_AND_RELEASED || releasesAfterBody);
    if (outcome < KNOWN || stays) {
      return;
    }
    if (outcome == KNOWN) {
      f.release(state, w, f.run.of(state, w), f.runJob.of(state, w));
    }
    if (goesOn) {
      f.outcome.set(state, w, KNOWN_AND_RELEASED);
    } else {
      f.clearRun(state, w);
    }
  }

  private void forgetLooks(State state, int w) {
    boolean hasAnything = hasAnything(state, w);
    if (!hasAnything && !f.lost.isSet(state, w)) {
      f.looks.set(state, w, 0);
      f.stoodStill.set(state, w, 0);
    }
    if (!f.looks.isSet(state, w)) {
      f.beaten.set(state, w, 0);
    }
    if (f.mode.of(state, w) == DEAD) {
      f.fresh.set(state, w, 0);
      f.beaten.set(state, w, 0);
      if (!hasAnything) {
        f.epoch.set(state, w, 0);
        f.lost.set(state, w, 0);
        f.looks.set(state, w, 0);
        f.stoodStill.set(state, w, 0);
      }
    }
  }

  private boolean hasAnything(State state, int w) {
    for (int j = 0; j < setup.jobs; j++) {
      if (f.status.of(state, j) == STARTED && LaneState.processOf(f.owner.of(state, j)) == w) {
        return true;
      }
    }
    return duties.hasPermits(state, w);
  }

  @Override
  public void judge(Next next, String name, int... numbers) {
    int bodies = 0;
    for (int w = 0; w < WORKERS; w++) {
      boolean counts =
          f.mode.of(next, w) == UP && f.body.isSet(next, w) && !f.orphan.isSet(next, w);
      bodies += counts ? 1 : 0;
    }
    if (bodies > f.allowed.of(next)) {
      next.breaks(Invariant.BODIES_WITHIN_LIMIT, name, numbers);
    }
    if (f.held(next) > f.allowed.of(next)) {
      next.breaks(Invariant.PERMITS_WITHIN_LIMIT, name, numbers);
    }
  }

  @Override
  public boolean ended(State state) {
    for (int j = 0; j < setup.jobs; j++) {
      if (f.status.of(state, j) < LaneState.FINAL) {
        return false;
      }
    }
    return f.held(state) == 0;
  }

  @Override
  public boolean mustProgress(State state) {
    for (int w = 0; w < WORKERS; w++) {
      if (f.mode.of(state, w) == UP) {
        return true;
      }
    }
    return false;
  }
}
