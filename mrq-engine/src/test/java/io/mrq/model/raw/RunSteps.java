package io.mrq.model.raw;

import static io.mrq.model.raw.RawState.ABSENT;
import static io.mrq.model.raw.RawState.ACKNOWLEDGE_FIRST;
import static io.mrq.model.raw.RawState.BODY;
import static io.mrq.model.raw.RawState.ENDED;
import static io.mrq.model.raw.RawState.FINAL;
import static io.mrq.model.raw.RawState.REGULAR;
import static io.mrq.model.raw.RawState.STARTED;
import static io.mrq.model.raw.RawState.STORED;
import static io.mrq.model.raw.RawState.STORE_LATER;
import static io.mrq.model.raw.RawState.TO_STORE;

import io.mrq.model.Invariant;
import io.mrq.model.Next;
import io.mrq.model.State;

/** How a run of a param comes to its end. */
final class RunSteps {
  private final Setup setup;
  private final RawState f;
  private final boolean keepsInFlight;
  private final boolean storesFirst;

  RunSteps(Setup setup, RawState f) {
    this.setup = setup;
    this.f = f;
    keepsInFlight = setup.rules.contains(Rule.IN_FLIGHT_HASH);
    storesFirst = setup.rules.contains(Rule.STORE_BEFORE_ACKNOWLEDGE);
  }

  boolean mayHave(State now, int w, Fault fault) {
    return f.faultsLeft.of(now) > 0
        && (w == 0 || !setup.faultsHitOnlyWorker0)
        && setup.faultKinds.contains(fault);
  }

  void steps(State now, Next next, int w) {
    switch (f.run.of(now, w)) {
      case REGULAR -> endRegular(now, next, w);
      case BODY -> endBody(now, next, w);
      case ENDED -> acknowledgeEnd(now, next, w);
      case TO_STORE, STORE_LATER -> storeEnd(now, next, w);
      case STORED -> {
        f.acknowledge(next, f.runId.of(now, w));
        f.clearRun(next, w);
        next.fair("worker %d acknowledges %d", w, f.runId.of(now, w));
      }
      case ACKNOWLEDGE_FIRST -> {
        f.acknowledge(next, f.runId.of(now, w));
        f.run.set(next, w, STORE_LATER);
        next.fair("worker %d acknowledges %d before it is stored", w, f.runId.of(now, w));
      }
      default -> {}
    }
  }

  /** Counts an end of the run's param. */
  private void end(State now, Next next, int w, String name) {
    int param = f.runParam.of(now, w);
    int ends = f.ends.of(now, param) + 1;
    if (ends > 1) {
      next.breaks(Invariant.PARAM_ENDS_ONCE, name, w, f.runId.of(now, w));
    }
    f.ends.set(next, param, Math.min(ends, 2));
  }

  private void endRegular(State now, Next next, int w) {
    int id = f.runId.of(now, w);
    if (f.isDocument(now, id, STARTED, f.runOwner.of(now, w))) {
      String name = "worker %d stores the outcome of %d";
      end(now, next, w, name);
      f.status.set(next, id, FINAL);
      f.clearRun(next, w);
      next.fair(name, w, id);
    } else {
      f.clearRun(next, w);
      next.fair("worker %d: the outcome of %d matches nothing", w, id);
    }
  }

  private void endBody(State now, Next next, int w) {
    int id = f.runId.of(now, w);
    f.run.set(next, w, ENDED);
    next.fair("worker %d: the body of %d succeeds, which is not stored", w, id);
    if (f.failuresLeft.of(now) > 0) {
      f.run.set(next, w, storesFirst ? TO_STORE : ACKNOWLEDGE_FIRST);
      f.failuresLeft.add(next, 0, -1);
      next.chance("worker %d: the body of %d fails, which is to be stored", w, id);
    }
  }

  /** The answer tells whether the param was still this worker's. */
  private void acknowledgeEnd(State now, Next next, int w) {
    int id = f.runId.of(now, w);
    boolean there =
        !keepsInFlight
            || f.flight.contains(
                now, 0, RawState.inFlight(f.runOwner.of(now, w), id, f.runParam.of(now, w)));
    if (!there) {
      f.clearRun(next, w);
      next.fair("worker %d acknowledges %d: not in flight, refused", w, id);
      return;
    }
    String name = "worker %d acknowledges %d: ended";
    end(now, next, w, name);
    f.acknowledge(next, id);
    f.clearRun(next, w);
    next.fair(name, w, id);
    if (mayHave(now, w, Fault.ACKNOWLEDGE_REPLY_LOST)) {
      end(now, next, w, name);
      f.acknowledge(next, id);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d acknowledges %d: ended, but the reply is lost", w, id);
    }
  }

  /** The document is stored under the id of the flight, so a tombstone refuses it. */
  private void storeEnd(State now, Next next, int w) {
    int id = f.runId.of(now, w);
    int owner = f.runOwner.of(now, w);
    if (f.status.of(now, id) == ABSENT) {
      String name = "worker %d stores %d as failed";
      boolean toAcknowledge = f.run.of(now, w) == TO_STORE;
      end(now, next, w, name);
      f.store(next, id, FINAL, owner, f.runParam.of(now, w));
      if (toAcknowledge) {
        f.run.set(next, w, STORED);
      } else {
        f.clearRun(next, w);
      }
      next.fair(name, w, id);
      if (mayHave(now, w, Fault.INSERT_REPLY_LOST)) {
        end(now, next, w, name);
        f.store(next, id, FINAL, owner, f.runParam.of(now, w));
        f.faultsLeft.add(next, 0, -1);
        next.fault("worker %d stores %d as failed, but the reply is lost", w, id);
      }
    } else if (f.isDocument(now, id, FINAL, owner)) {
      f.run.set(next, w, STORED);
      next.fair("worker %d finds %d stored by an earlier try", w, id);
    } else {
      f.clearRun(next, w);
      next.fair("worker %d cannot store %d: there is a tombstone, it is refused", w, id);
    }
  }
}
