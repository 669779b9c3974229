package io.mrq.model.dispatch;

import static io.mrq.model.dispatch.DispatchState.CANCELLED;
import static io.mrq.model.dispatch.DispatchState.PYTHON;
import static io.mrq.model.dispatch.DispatchState.QUEUED;
import static io.mrq.model.dispatch.DispatchState.STARTED;
import static io.mrq.model.dispatch.DispatchState.WORKERS;

import io.mrq.model.Next;
import io.mrq.model.State;

/** Offers on their way, the loss of all that Redis knows, and what people do. */
final class OutsideSteps {
  private final Setup setup;
  private final DispatchState f;
  private final boolean flushTakesBeats;

  OutsideSteps(Setup setup, DispatchState f) {
    this.setup = setup;
    this.f = f;
    flushTakesBeats = !setup.rules.contains(Rule.BEAT_IN_MONGODB);
  }

  void offersArrive(State now, Next next) {
    for (int j = 0; j < f.jobs; j++) {
      if (!f.offers.isSet(now, j)) {
        continue;
      }
      f.offers.add(next, j, -1);
      f.ready.set(next, j, 1);
      next.fair("the offer of %d reaches Redis", j);
      if (mayHave(now, Fault.OFFER_LOST)) {
        f.offers.add(next, j, -1);
        f.faultsLeft.add(next, 0, -1);
        next.fault("who would offer %d dies", j);
      }
    }
  }

  private boolean mayHave(State now, Fault fault) {
    return f.faultsLeft.of(now) > 0 && setup.faultKinds.contains(fault);
  }

  void faultsAndEvents(State now, Next next) {
    if (mayHave(now, Fault.REDIS_FLUSHED) && redisKnowsSomething(now)) {
      flush(next);
    }
    for (int j = 0; j < f.jobs && f.eventsLeft.of(now) > 0; j++) {
      events(now, next, j);
    }
  }

  private boolean redisKnowsSomething(State now) {
    for (int j = 0; j < f.jobs; j++) {
      if (f.ready.isSet(now, j)
          || f.claimed.isSet(now, j * WORKERS)
          || f.claimed.isSet(now, j * WORKERS + 1)) {
        return true;
      }
    }
    return false;
  }

  private void flush(Next next) {
    for (int j = 0; j < f.jobs; j++) {
      f.ready.set(next, j, 0);
      f.claimed.set(next, j * WORKERS, 0);
      f.claimed.set(next, j * WORKERS + 1, 0);
    }
    for (int w = 0; w < WORKERS && flushTakesBeats; w++) {
      f.looks.set(next, w, 0);
    }
    f.faultsLeft.add(next, 0, -1);
    next.fault("FLUSHALL");
  }

  private void events(State now, Next next, int j) {
    int status = f.status.of(now, j);
    boolean isFinal = f.isFinal(now, j);
    if (!isFinal && setup.eventKinds.contains(Event.CANCEL)) {
      f.status.set(next, j, CANCELLED);
      event(next, "%d is cancelled", j);
    }
    if (isFinal && setup.eventKinds.contains(Event.REQUEUE)) {
      f.status.set(next, j, QUEUED);
      f.offer(next, j);
      event(next, "%d is requeued by hand", j);
    }
    if (status == STARTED && setup.eventKinds.contains(Event.FORCED_REQUEUE)) {
      f.status.set(next, j, QUEUED);
      f.offer(next, j);
      event(next, "%d is requeued by force while it is started", j);
    }
    if (status == QUEUED && setup.eventKinds.contains(Event.CLAIM_BY_PYTHON_WORKER)) {
      f.status.set(next, j, STARTED);
      f.owner.set(next, j, PYTHON);
      event(next, "a Python worker claims %d in MongoDB", j);
    }
  }

  private void event(Next next, String name, int j) {
    f.eventsLeft.add(next, 0, -1);
    next.chance(name, j);
  }
}
