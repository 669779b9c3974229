package io.mrq.model.lane;

import static io.mrq.model.lane.LaneState.DEAD;
import static io.mrq.model.lane.LaneState.HAS_CLAIMED;
import static io.mrq.model.lane.LaneState.HAS_CLOSED;
import static io.mrq.model.lane.LaneState.HAS_PERMIT;
import static io.mrq.model.lane.LaneState.HAS_TAKEN;
import static io.mrq.model.lane.LaneState.IDLE;
import static io.mrq.model.lane.LaneState.KNOWN;
import static io.mrq.model.lane.LaneState.LATE_ACQUIRE;
import static io.mrq.model.lane.LaneState.LATE_CLAIM;
import static io.mrq.model.lane.LaneState.NONE;
import static io.mrq.model.lane.LaneState.PAUSED;
import static io.mrq.model.lane.LaneState.QUEUED;
import static io.mrq.model.lane.LaneState.REFUSED;
import static io.mrq.model.lane.LaneState.STARTED;
import static io.mrq.model.lane.LaneState.UNCLEAR;
import static io.mrq.model.lane.LaneState.UP;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** How a worker gets from an id to a running body, and what befalls its process. */
final class WorkerSteps {
  private final Setup setup;
  private final LaneState f;
  private final RunSteps runs;

  WorkerSteps(Setup setup, LaneState f) {
    this.setup = setup;
    this.f = f;
    runs = new RunSteps(setup, f);
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
    switch (f.poller.of(now, w)) {
      case HAS_TAKEN -> acquire(now, next, w);
      case REFUSED -> close(now, next, w);
      case HAS_CLOSED -> lookAgain(now, next, w);
      case UNCLEAR -> ask(now, next, w);
      case HAS_PERMIT -> claim(now, next, w);
      case HAS_CLAIMED -> startBody(now, next, w);
      default -> {}
    }
    runs.steps(now, next, w);
  }

  private boolean mayHave(State now, int w, Fault fault) {
    return runs.mayHave(now, w, fault);
  }

  private void processFaults(State now, Next next, int w) {
    if (mayHave(now, w, Fault.WORKER_KILLED)) {
      f.mode.set(next, w, DEAD);
      f.clearPoller(next, w);
      f.clearRun(next, w);
      f.releases.clear(next, w);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d is killed", w);
    }
    if (f.mode.of(now, w) == UP && mayHave(now, w, Fault.WORKER_PAUSED)) {
      f.mode.set(next, w, PAUSED);
      f.fresh.set(next, w, 0);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d is paused", w);
    }
  }

  private void beat(State now, Next next, int w) {
    boolean news = !f.fresh.isSet(now, w) || f.looks.isSet(now, w) && !f.beaten.isSet(now, w);
    if (f.lost.isSet(now, w)) {
      int token = f.tokenOnItsWay(now, w);
      if (token != 0) {
        f.release(next, w, token, f.pollerJob.of(now, w));
      }
      f.clearPoller(next, w);
      if (f.run.isSet(now, w) && f.outcome.of(now, w) == NONE) {
        f.outcome.set(next, w, KNOWN);
      }
      f.epoch.add(next, w, 1);
      f.lost.set(next, w, 0);
      f.fresh.set(next, w, 1);
      f.looks.set(next, w, 0);
      f.stoodStill.set(next, w, 0);
      f.beaten.set(next, w, 1);
      next.fair("worker %d: its beat says lost; it takes a new id and interrupts its runs", w);
    } else if (news) {
      f.beaten.set(next, w, 1);
      f.fresh.set(next, w, 1);
      next.fair("worker %d beats", w);
    }
  }

  private void take(State now, Next next, int w) {
    if (f.poller.of(now, w) != IDLE || f.run.isSet(now, w) || f.closed.of(now) == 1) {
      return;
    }
    for (int j = 0; j < f.jobs; j++) {
      if (f.ready.isSet(now, j)) {
        f.ready.set(next, j, 0);
        f.setPoller(next, w, HAS_TAKEN, j, f.limit.of(now));
        next.fair("worker %d takes %d and knows the limit %d", w, j, f.limit.of(now));
        return;
      }
    }
  }

  private void acquire(State now, Next next, int w) {
    if (!f.fresh.isSet(now, w)) {
      return;
    }
    int j = f.pollerJob.of(now, w);
    int known = f.pollerNumber.of(now, w);
    int limit = f.limit.of(now);
    boolean granted =
        f.held(now) < known && (known == limit || !setup.keeps(Rule.ACQUIRE_ASKS_FOR_MAX));
    if (granted) {
      granted(now, next, w, j, known);
    } else if (known != limit) {
      f.setPoller(next, w, HAS_TAKEN, j, limit);
      next.fair("worker %d is refused and reads the limit %d", w, limit);
    } else {
      f.setPoller(next, w, REFUSED, j, 0);
      next.fair("worker %d is refused a permit for %d", w, j);
    }
  }

  private void granted(State now, Next next, int w, int j, int known) {
    int token = f.freshToken(now);
    int me = f.idOf(now, w);
    f.hold(next, token, me, j);
    f.setPoller(next, w, HAS_PERMIT, j, token);
    next.fair("worker %d acquires a permit for %d", w, j);
    if (mayHave(now, w, Fault.ACQUIRE_REPLY_LOST)) {
      f.hold(next, token, me, j);
      f.setPoller(next, w, UNCLEAR, j, token);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d acquires a permit for %d, but the reply is lost", w, j);
    }
    if (mayHave(now, w, Fault.ACQUIRE_GIVEN_UP)) {
      f.hold(next, token, me, j);
      f.clearPoller(next, w);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d acquires a permit for %d, gets no reply and gives up", w, j);
    }
    if (f.late.of(now) == 0 && mayHave(now, w, Fault.ACQUIRE_LATE)) {
      f.clearPoller(next, w);
      f.setLate(next, LATE_ACQUIRE, me, j, token, known);
      f.faultsLeft.add(next, 0, -1);
      next.fault("the acquire of worker %d for %d hangs in the network, it gives up", w, j);
    }
  }

  private void close(State now, Next next, int w) {
    int j = f.pollerJob.of(now, w);
    f.offered.set(next, j, 1);
    f.closed.set(next, 1);
    if (setup.keeps(Rule.SECOND_LOOK)) {
      f.setPoller(next, w, HAS_CLOSED, j, 0);
    } else {
      f.clearPoller(next, w);
    }
    next.fair("worker %d closes the lane in Redis and gives %d back", w, j);
  }

  private void lookAgain(State now, Next next, int w) {
    f.clearPoller(next, w);
    if (f.held(now) < f.limit.of(now)) {
      f.opening.set(next, 1);
      next.fair("worker %d looks once more: there is room, it opens the lane", w);
    } else {
      next.fair("worker %d looks once more: full", w);
    }
  }

  private void ask(State now, Next next, int w) {
    int j = f.pollerJob.of(now, w);
    int token = f.pollerNumber.of(now, w);
    boolean held = f.holders.contains(now, 0, LaneState.permit(token, f.idOf(now, w), j));
    if (held) {
      f.setPoller(next, w, HAS_PERMIT, j, token);
    } else {
      f.setPoller(next, w, HAS_TAKEN, j, f.limit.of(now));
    }
    next.fair(
        held
            ? "worker %d asks for its permit for %d: held"
            : "worker %d asks for its permit for %d: not held",
        w,
        j);
  }

  private void claim(State now, Next next, int w) {
    if (!f.fresh.isSet(now, w)) {
      return;
    }
    int j = f.pollerJob.of(now, w);
    int token = f.pollerNumber.of(now, w);
    int me = f.idOf(now, w);
    if (f.status.of(now, j) != QUEUED) {
      f.clearPoller(next, w);
      f.release(next, w, token, j);
      next.fair("worker %d does not win %d, so it will give the permit back", w, j);
      return;
    }
    f.move(next, j, STARTED, me, token);
    f.setPoller(next, w, HAS_CLAIMED, j, token);
    next.fair("worker %d claims and loads %d", w, j);
    if (mayHave(now, w, Fault.CLAIM_REPLY_LOST)) {
      f.move(next, j, STARTED, me, token);
      f.clearPoller(next, w);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d claims %d (applied), but no reply arrives, and it gives up", w, j);
    }
    if (f.late.of(now) == 0 && mayHave(now, w, Fault.CLAIM_LATE)) {
      f.clearPoller(next, w);
      f.setLate(next, LATE_CLAIM, me, j, token, 0);
      f.faultsLeft.add(next, 0, -1);
      next.fault("the claim of worker %d for %d hangs in the network, it gives up", w, j);
    }
  }

  private void startBody(State now, Next next, int w) {
    if (!f.fresh.isSet(now, w) && setup.keeps(Rule.START_NEEDS_FRESH_BEAT)) {
      return;
    }
    int j = f.pollerJob.of(now, w);
    int token = f.pollerNumber.of(now, w);
    String name = "worker %d starts the body of %d";
    if (!f.hasPermit(now, token)) {
      next.breaks(Invariant.BODY_HAS_A_PERMIT, name, w, j);
    }
    f.clearPoller(next, w);
    f.run.set(next, w, token);
    f.runJob.set(next, w, j);
    f.runOwner.set(next, w, f.idOf(now, w));
    f.body.set(next, w, 1);
    next.fair(name, w, j);
  }
}
