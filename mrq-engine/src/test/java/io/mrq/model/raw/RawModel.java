package io.mrq.model.raw;

import static io.mrq.model.raw.RawState.QUEUED;
import static io.mrq.model.raw.RawState.STARTED;
import static io.mrq.model.raw.RawState.UP;
import static io.mrq.model.raw.RawState.WORKERS;

import io.mrq.model.Bag;
import io.mrq.model.Layout;
import io.mrq.model.Model;
import io.mrq.model.Next;
import io.mrq.model.State;

/**
 * Params wait in Redis. A worker takes one under a fresh id into its in-flight hash. With storage
 * the param then becomes a document, which is a regular run; without, the entry in the hash is the
 * run.
 */
final class RawModel implements Model {
  private final Setup setup;
  private final RawState f;
  private final WorkerSteps worker;
  private final RescuerSteps rescuer;
  private final boolean redisMayForget;

  RawModel(Setup setup) {
    this.setup = setup;
    f = new RawState(setup.params);
    redisMayForget = setup.faultKinds.contains(Fault.REDIS_FORGETS_LAST_WRITE);
    worker = new WorkerSteps(setup, f);
    rescuer = new RescuerSteps(setup, f);
  }

  @Override
  public Layout layout() {
    return f.layout;
  }

  @Override
  public void start(State first) {
    for (int p = 0; p < setup.params; p++) {
      f.waiting.add(first, 0, 1 + p);
      if (redisMayForget) {
        f.waitingBefore.add(first, 0, 1 + p);
      }
    }
    for (int w = 0; w < WORKERS; w++) {
      f.fresh.set(first, w, 1);
    }
    f.faultsLeft.set(first, setup.faults);
    f.failuresLeft.set(first, setup.failures);
  }

  @Override
  public void steps(State now, Next next) {
    for (int w = 0; w < WORKERS; w++) {
      worker.steps(now, next, w);
    }
    rescuer.steps(now, next);
    failOver(now, next);
  }

  private void failOver(State now, Next next) {
    boolean differs =
        !same(now, f.waiting, f.waitingBefore) || !same(now, f.flight, f.flightBefore);
    if (redisMayForget && f.faultsLeft.of(now) > 0 && differs) {
      copy(now, f.waitingBefore, next, f.waiting);
      copy(now, f.flightBefore, next, f.flight);
      f.faultsLeft.add(next, 0, -1);
      next.fault("Redis fails over and forgets its last write");
    }
  }

  /** Keeps what Redis held before its last write while a failover can still bring it back. */
  @Override
  public void remember(State before, State after) {
    if (!redisMayForget || f.faultsLeft.of(after) == 0) {
      f.waitingBefore.clear(after, 0);
      f.flightBefore.clear(after, 0);
    } else if (!isSame(before, after, f.waiting) || !isSame(before, after, f.flight)) {
      copy(before, f.waiting, after, f.waitingBefore);
      copy(before, f.flight, after, f.flightBefore);
    }
  }

  @Override
  public void forget(State state) {
    for (int id = 1; id < RawState.IDS; id++) {
      if (f.readAsAbsent.isSet(state, id) && !f.isInFlight(state, id)) {
        f.readAsAbsent.set(state, id, 0);
      }
    }
  }

  private static void copy(State from, Bag source, State to, Bag target) {
    target.clear(to, 0);
    for (int k = 0; k < source.size(from, 0); k++) {
      target.add(to, 0, source.get(from, 0, k));
    }
  }

  private static boolean isSame(State one, State other, Bag bag) {
    int size = bag.size(one, 0);
    boolean same = size == bag.size(other, 0);
    for (int k = 0; k < size && same; k++) {
      same = bag.get(one, 0, k) == bag.get(other, 0, k);
    }
    return same;
  }

  private static boolean same(State state, Bag one, Bag other) {
    int size = one.size(state, 0);
    boolean same = size == other.size(state, 0);
    for (int k = 0; k < size && same; k++) {
      same = one.get(state, 0, k) == other.get(state, 0, k);
    }
    return same;
  }

  /** Every param has come to an end, and nothing of it is left anywhere. */
  @Override
  public boolean ended(State state) {
    for (int p = 0; p < setup.params; p++) {
      if (!f.ends.isSet(state, p)) {
        return false;
      }
    }
    for (int id = 1; id < RawState.IDS; id++) {
      int status = f.status.of(state, id);
      if (status == STARTED || status == QUEUED) {
        return false;
      }
    }
    return f.flight.size(state, 0) == 0;
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
