package io.mrq.model.lane;

import static io.mrq.model.lane.LaneState.CANCELLED;
import static io.mrq.model.lane.LaneState.FINAL;
import static io.mrq.model.lane.LaneState.LATE_ACQUIRE;
import static io.mrq.model.lane.LaneState.LATE_CLAIM;
import static io.mrq.model.lane.LaneState.NOBODY;
import static io.mrq.model.lane.LaneState.QUEUED;
import static io.mrq.model.lane.LaneState.STARTED;

import io.mrq.model.Next;
import io.mrq.model.State;

/** Messages on their way, the loss of all that Redis knows, and what people do. */
final class OutsideSteps {
  private final Setup setup;
  private final LaneState f;

  OutsideSteps(Setup setup, LaneState f) {
    this.setup = setup;
    this.f = f;
  }

  private boolean mayHave(State now, Fault fault) {
    return f.faultsLeft.of(now) > 0 && setup.faultKinds.contains(fault);
  }

  void messagesArrive(State now, Next next) {
    for (int j = 0; j < f.jobs; j++) {
      if (f.offered.isSet(now, j)) {
        f.offered.set(next, j, 0);
        f.ready.set(next, j, 1);
        next.fair("the offer of %d reaches Redis", j);
        if (mayHave(now, Fault.OFFER_LOST)) {
          f.offered.set(next, j, 0);
          f.faultsLeft.add(next, 0, -1);
          next.fault("who would offer %d dies", j);
        }
      }
    }
    if (f.opening.of(now) == 1) {
      f.closed.set(next, 0);
      f.opening.set(next, 0);
      next.fair("the lane is opened in Redis");
      if (mayHave(now, Fault.OPENING_LOST)) {
        f.opening.set(next, 0);
        f.faultsLeft.add(next, 0, -1);
        next.fault("who would open the lane dies");
      }
    }
    switch (f.late.of(now)) {
      case LATE_ACQUIRE -> lateAcquire(now, next);
      case LATE_CLAIM -> lateClaim(now, next);
      default -> {}
    }
  }

  private void lateAcquire(State now, Next next) {
    int known = f.lateLimit.of(now);
    int owner = f.lateOwner.of(now);
    int w = LaneState.processOf(owner);
    boolean asks = setup.keeps(Rule.ACQUIRE_ASKS_FOR_MAX);
    if (f.held(now) < known && (known == f.limit.of(now) || !asks)) {
      f.hold(next, f.lateToken.of(now), owner, f.lateJob.of(now));
      f.clearLate(next);
      next.fair("the late acquire of worker %d for %d arrives", w, f.lateJob.of(now));
    }
    f.clearLate(next);
    next.fair("the late acquire comes to nothing");
  }

  private void lateClaim(State now, Next next) {
    int owner = f.lateOwner.of(now);
    int job = f.lateJob.of(now);
    if (f.status.of(now, job) == QUEUED) {
      f.move(next, job, STARTED, owner, f.lateToken.of(now));
      f.clearLate(next);
      next.fair("the late claim of worker %d for %d arrives", LaneState.processOf(owner), job);
    }
    f.clearLate(next);
    next.fair("the late claim comes to nothing");
  }

  void faultsAndEvents(State now, Next next) {
    if (mayHave(now, Fault.REDIS_FLUSHED) && redisKnowsSomething(now)) {
      for (int j = 0; j < f.jobs; j++) {
        f.ready.set(next, j, 0);
      }
      f.closed.set(next, 0);
      f.faultsLeft.add(next, 0, -1);
      next.fault("FLUSHALL");
    }
    if (f.eventsLeft.of(now) > 0) {
      changeLimit(now, next);
      for (int j = 0; j < f.jobs; j++) {
        actOn(now, next, j);
      }
    }
  }

  private boolean redisKnowsSomething(State now) {
    boolean any = f.closed.of(now) == 1;
    for (int j = 0; j < f.jobs; j++) {
      any |= f.ready.isSet(now, j);
    }
    return any;
  }

  private void changeLimit(State now, Next next) {
    for (int limit = 1; limit <= 2; limit++) {
      boolean raises = limit > f.limit.of(now);
      Event event = raises ? Event.RAISE_LIMIT : Event.LOWER_LIMIT;
      if (limit != f.limit.of(now) && setup.eventKinds.contains(event)) {
        f.limit.set(next, limit);
        f.allowed.set(next, Math.max(limit, f.held(now)));
        if (raises) {
          f.opening.set(next, 1);
        }
        f.eventsLeft.add(next, 0, -1);
        next.chance("an operator sets the limit to %d, acknowledged", limit);
      }
    }
  }

  private void actOn(State now, Next next, int j) {
    int status = f.status.of(now, j);
    if (status < FINAL && setup.eventKinds.contains(Event.CANCEL)) {
      f.move(next, j, CANCELLED, NOBODY, 0);
      f.eventsLeft.add(next, 0, -1);
      next.chance("%d is cancelled", j);
    }
    if (status == STARTED && setup.eventKinds.contains(Event.FORCED_REQUEUE)) {
      f.queueAgain(next, j);
      f.eventsLeft.add(next, 0, -1);
      next.chance("%d is requeued by force while it is started", j);
    }
  }
}
