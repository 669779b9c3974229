package io.mrq.model.raw;

import io.mrq.model.Bag;
import io.mrq.model.Field;
import io.mrq.model.Layout;
import io.mrq.model.Next;
import io.mrq.model.State;

/** The fields of a state: the params in Redis, the documents, the workers. */
final class RawState {
  static final int WORKERS = 2;

  /** The most ids that a search gives out, and 1: there is no id 0. */
  static final int IDS = 12;

  /** Statuses of a document. */
  static final int ABSENT = 0;

  static final int TOMBSTONE = 1;
  static final int STARTED = 2;
  static final int QUEUED = 3;
  static final int FINAL = 4;
  static final int CANCELLED = 5;

  static final int NOBODY = 0;

  static final int UP = 0;
  static final int PAUSED = 1;
  static final int DEAD = 2;

  /** What a worker does with a param that is to become a document. */
  static final int IDLE = 0;

  static final int TO_INSERT = 1;
  static final int TO_ACKNOWLEDGE = 2;
  static final int TO_CANCEL = 3;

  /** Phases of a run. */
  static final int NO_RUN = 0;

  static final int BODY = 1;
  static final int ENDED = 2;
  static final int TO_STORE = 3;
  static final int STORED = 4;
  static final int REGULAR = 5;
  static final int ACKNOWLEDGE_FIRST = 6;
  static final int STORE_LATER = 7;

  final int params;
  final Layout layout = new Layout();

  /** Params that wait in the raw queue, as 1 + param. */
  final Bag waiting = layout.bags(1, 3, 2);

  /** Params in flight, with their owner and id. */
  final Bag flight = layout.bags(1, 3, 10);

  /** What Redis held before its last write; only where a failover can bring it back. */
  final Bag waitingBefore = layout.bags(1, 3, 2);

  final Bag flightBefore = layout.bags(1, 3, 10);

  final Field status = layout.fields(IDS, 3);
  final Field owner = layout.fields(IDS, 4);
  final Field paramOf = layout.fields(IDS, 1);

  /** Whether a rescuer without tombstones has read that there is no document. */
  final Field readAsAbsent = layout.fields(IDS, 1);

  final Field mode = layout.fields(WORKERS, 2);
  final Field epoch = layout.fields(WORKERS, 2);
  final Field lost = layout.fields(WORKERS, 1);
  final Field fresh = layout.fields(WORKERS, 1);
  final Field looks = layout.fields(WORKERS, 1);
  final Field poller = layout.fields(WORKERS, 2);
  final Field pollerId = layout.fields(WORKERS, 4);
  final Field pollerParam = layout.fields(WORKERS, 1);
  final Field run = layout.fields(WORKERS, 3);
  final Field runId = layout.fields(WORKERS, 4);
  final Field runParam = layout.fields(WORKERS, 1);
  final Field runOwner = layout.fields(WORKERS, 4);

  /** How often each param came to an end, at most 2. */
  final Field ends;

  final Field faultsLeft = layout.field(2);
  final Field failuresLeft = layout.field(1);

  RawState(int params) {
    this.params = params;
    ends = layout.fields(params, 2);
  }

  int idOf(State state, int worker) {
    return 1 + worker + WORKERS * epoch.of(state, worker);
  }

  static int processOf(int owner) {
    return (owner - 1) % WORKERS;
  }

  static int epochOf(int owner) {
    return (owner - 1) / WORKERS;
  }

  /** A param in flight, as an entry of {@link #flight}. */
  static int inFlight(int owner, int id, int param) {
    return 1 << 9 | owner << 5 | id << 1 | param;
  }

  static int ownerOf(int entry) {
    return entry >> 5 & 15;
  }

  static int idOfEntry(int entry) {
    return entry >> 1 & 15;
  }

  static int paramOfEntry(int entry) {
    return entry & 1;
  }

  boolean isInFlight(State state, int id) {
    return place(state, flight, id) >= 0;
  }

  private static int place(State state, Bag bag, int id) {
    for (int k = bag.size(state, 0) - 1; k >= 0; k--) {
      if (idOfEntry(bag.get(state, 0, k)) == id) {
        return k;
      }
    }
    return -1;
  }

  /** Removes an id from the in-flight hash, if it is there. */
  void acknowledge(Next next, int id) {
    int k = place(next, flight, id);
    if (k >= 0) {
      flight.removeAt(next, 0, k);
    }
  }

  /** Puts the param of an id back into the raw queue. */
  void giveBack(Next next, int id, int param) {
    acknowledge(next, id);
    waiting.add(next, 0, 1 + param);
  }

  boolean isDocument(State state, int id, int wanted, int by) {
    return status.of(state, id) == wanted && owner.of(state, id) == by;
  }

  void store(Next next, int id, int newStatus, int by, int param) {
    status.set(next, id, newStatus);
    owner.set(next, id, by);
    paramOf.set(next, id, param);
  }

  void setPoller(Next next, int worker, int stage, int id, int param) {
    poller.set(next, worker, stage);
    pollerId.set(next, worker, id);
    pollerParam.set(next, worker, param);
  }

  void clearPoller(Next next, int worker) {
    setPoller(next, worker, IDLE, 0, 0);
  }

  void setRun(Next next, int worker, int phase, int id, int param, int by) {
    run.set(next, worker, phase);
    runId.set(next, worker, id);
    runParam.set(next, worker, param);
    runOwner.set(next, worker, by);
  }

  void clearRun(Next next, int worker) {
    setRun(next, worker, NO_RUN, 0, 0, 0);
  }

  /** The lowest id that nobody knows. */
  int freshId(State state) {
    int id = 1;
    while (isKnown(state, id)) {
      id++;
    }
    return id;
  }

  private boolean isKnown(State state, int id) {
    boolean known =
        status.of(state, id) != ABSENT
            || isInFlight(state, id)
            || place(state, flightBefore, id) >= 0;
    for (int w = 0; w < WORKERS && !known; w++) {
      known = runId.of(state, w) == id || pollerId.of(state, w) == id;
    }
    return known;
  }
}
