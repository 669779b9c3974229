package io.mrq.model.raw;

import static io.mrq.model.raw.RawState.ABSENT;
import static io.mrq.model.raw.RawState.NOBODY;
import static io.mrq.model.raw.RawState.QUEUED;
import static io.mrq.model.raw.RawState.STARTED;
import static io.mrq.model.raw.RawState.TOMBSTONE;
import static io.mrq.model.raw.RawState.UP;
import static io.mrq.model.raw.RawState.WORKERS;

import io.mrq.model.Next;
import io.mrq.model.State;

/** How lost workers are found, and what they had goes back. */
final class RescuerSteps {
  /** So many looks without a change of the beat make a worker lost. */
  private static final int LEASE = 1;

  private final RawState f;
  private final boolean setsTombstones;

  RescuerSteps(Setup setup, RawState f) {
    this.f = f;
    setsTombstones = setup.rules.contains(Rule.TOMBSTONE);
  }

  void steps(State now, Next next) {
    for (int w = 0; w < WORKERS; w++) {
      judge(now, next, w);
      rescueJobs(now, next, w);
      for (int k = 0; k < f.flight.size(now, 0); k++) {
        rescueParam(now, next, w, f.flight.get(now, 0, k));
      }
    }
  }

  private void judge(State now, Next next, int w) {
    if (!hasAnything(now, w)) {
      return;
    }
    if (f.mode.of(now, w) != UP && f.looks.of(now, w) < LEASE) {
      f.looks.add(next, w, 1);
      next.fair("the rescuer looks at worker %d: its beat has not changed", w);
    }
    if (f.looks.of(now, w) >= LEASE && !f.lost.isSet(now, w)) {
      f.lost.set(next, w, 1);
      next.fair("the rescuer marks worker %d lost", w);
    }
  }

  private boolean hasAnything(State now, int w) {
    for (int k = 0; k < f.flight.size(now, 0); k++) {
      if (RawState.processOf(RawState.ownerOf(f.flight.get(now, 0, k))) == w) {
        return true;
      }
    }
    for (int id = 1; id < RawState.IDS; id++) {
      if (f.status.of(now, id) == STARTED && RawState.processOf(f.owner.of(now, id)) == w) {
        return true;
      }
    }
    return false;
  }

  /** Whether an owner is an id of this process that was declared lost. */
  private boolean isLost(State now, int owner, int w) {
    return RawState.processOf(owner) == w
        && (f.lost.isSet(now, w) || RawState.epochOf(owner) < f.epoch.of(now, w));
  }

  private void rescueJobs(State now, Next next, int w) {
    boolean any = false;
    for (int id = 1; id < RawState.IDS; id++) {
      if (f.status.of(now, id) == STARTED && isLost(now, f.owner.of(now, id), w)) {
        f.store(next, id, QUEUED, NOBODY, f.paramOf.of(now, id));
        any = true;
      }
    }
    if (any) {
      next.fair("the rescuer requeues the jobs of worker %d", w);
    }
  }

  private void rescueParam(State now, Next next, int w, int entry) {
    if (!isLost(now, RawState.ownerOf(entry), w)) {
      return;
    }
    int id = RawState.idOfEntry(entry);
    int param = RawState.paramOfEntry(entry);
    int status = f.status.of(now, id);
    boolean mayReturn = setsTombstones ? status == TOMBSTONE : f.readAsAbsent.isSet(now, id);
    if (mayReturn) {
      f.giveBack(next, id, param);
      f.readAsAbsent.set(next, id, 0);
      next.fair("the rescuer returns param %d of %d", param, id);
    } else if (status != ABSENT) {
      f.acknowledge(next, id);
      next.fair("the rescuer finds %d stored and acknowledges it", id);
    } else if (setsTombstones) {
      f.store(next, id, TOMBSTONE, NOBODY, param);
      next.fair("the rescuer stores a tombstone under %d", id);
    } else {
      f.readAsAbsent.set(next, id, 1);
      next.fair("the rescuer reads that %d is absent", id);
    }
  }
}
