package io.mrq.model.lane;

import io.mrq.model.Bag;
import io.mrq.model.Field;
import io.mrq.model.Layout;
import io.mrq.model.Next;
import io.mrq.model.State;

/** The fields of a state: jobs and permits in MongoDB, hints in Redis, the workers. */
final class LaneState {
  static final int WORKERS = 2;

  /** Statuses of a job. */
  static final int QUEUED = 0;

  static final int STARTED = 1;
  static final int FINAL = 2;
  static final int CANCELLED = 3;

  static final int NOBODY = 0;

  static final int UP = 0;
  static final int PAUSED = 1;
  static final int DEAD = 2;

  /** What a worker's poller does. */
  static final int IDLE = 0;

  /** It has an id and knows a limit. */
  static final int HAS_TAKEN = 1;

  /** It does not know whether it has a permit. */
  static final int UNCLEAR = 2;

  static final int HAS_PERMIT = 3;
  static final int HAS_CLAIMED = 4;
  static final int REFUSED = 5;
  static final int HAS_CLOSED = 6;

  /** Outcomes of a run. */
  static final int NONE = 0;

  static final int TO_SEND = 1;
  static final int IN_DOUBT = 2;
  static final int KNOWN = 3;
  static final int KNOWN_AND_RELEASED = 4;

  /** Kinds of a late message. */
  static final int LATE_ACQUIRE = 1;

  static final int LATE_CLAIM = 2;

  final int jobs;
  final Layout layout = new Layout();
  final Field status;
  final Field owner;
  final Field token;
  final Field offered;
  final Field ready;

  /** Whether Redis has the lane closed, and whether an opening is on its way. */
  final Field closed = layout.field(1);

  final Field opening = layout.field(1);
  final Field limit = layout.field(2);

  /** What the limit allows now: after it was lowered, what holds a permit may go on. */
  final Field allowed = layout.field(2);

  final Bag holders = layout.bags(1, 3, 9);

  final Field mode = layout.fields(WORKERS, 2);
  final Field epoch = layout.fields(WORKERS, 2);
  final Field lost = layout.fields(WORKERS, 1);
  final Field fresh = layout.fields(WORKERS, 1);
  final Field beaten = layout.fields(WORKERS, 1);
  final Field looks = layout.fields(WORKERS, 2);
  final Field stoodStill = layout.fields(WORKERS, 2);
  final Field poller = layout.fields(WORKERS, 3);
  final Field pollerJob = layout.fields(WORKERS, 2);

  /** The limit that the worker knows, or the token of its permit. */
  final Field pollerNumber = layout.fields(WORKERS, 3);

  /** The token of the worker's run, 0 if it has none. */
  final Field run = layout.fields(WORKERS, 3);

  final Field runJob = layout.fields(WORKERS, 2);
  final Field runOwner = layout.fields(WORKERS, 4);

  /** Whether the body goes on. */
  final Field body = layout.fields(WORKERS, 1);

  final Field outcome = layout.fields(WORKERS, 3);

  /**
   * Whether the permit was taken because the process had stood still for lease and grace. Nothing
   * is promised for such a body.
   */
  final Field orphan = layout.fields(WORKERS, 1);

  /** Permits that are to be given back, as token and job. */
  final Bag releases = layout.bags(WORKERS, 4, 5);

  final Field late = layout.field(2);
  final Field lateOwner = layout.field(4);
  final Field lateJob = layout.field(2);
  final Field lateToken = layout.field(3);
  final Field lateLimit = layout.field(2);
  final Field faultsLeft = layout.field(2);
  final Field eventsLeft = layout.field(2);

  LaneState(int jobs) {
    this.jobs = jobs;
    status = layout.fields(jobs, 2);
    owner = layout.fields(jobs, 4);
    token = layout.fields(jobs, 3);
    offered = layout.fields(jobs, 1);
    ready = layout.fields(jobs, 1);
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

  /** A permit, as an entry of {@link #holders}. */
  static int permit(int token, int owner, int job) {
    return token << 6 | owner << 2 | job;
  }

  static int tokenOfPermit(int permit) {
    return permit >> 6;
  }

  static int ownerOfPermit(int permit) {
    return permit >> 2 & 15;
  }

  static int jobOfPermit(int permit) {
    return permit & 3;
  }

  int held(State state) {
    return holders.size(state, 0);
  }

  void hold(Next next, int permitToken, int by, int job) {
    holders.add(next, 0, permit(permitToken, by, job));
  }

  boolean hasPermit(State state, int wanted) {
    for (int k = 0; k < held(state); k++) {
      if (tokenOfPermit(holders.get(state, 0, k)) == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Which permits are meant. */
  @FunctionalInterface
  interface PermitTest {
    boolean test(int permit);
  }

  /** Removes the permits that are meant; answers whether there were any. */
  boolean remove(Next next, PermitTest test) {
    boolean any = false;
    for (int k = held(next) - 1; k >= 0; k--) {
      if (test.test(holders.get(next, 0, k))) {
        holders.removeAt(next, 0, k);
        any = true;
      }
    }
    return any;
  }

  void move(Next next, int job, int to, int by, int claim) {
    status.set(next, job, to);
    owner.set(next, job, by);
    token.set(next, job, claim);
  }

  void queueAgain(Next next, int job) {
    move(next, job, QUEUED, NOBODY, 0);
    offered.set(next, job, 1);
  }

  boolean isStarted(State state, int job, int by, int claim) {
    return status.of(state, job) == STARTED
        && owner.of(state, job) == by
        && token.of(state, job) == claim;
  }

  void setPoller(Next next, int worker, int stage, int job, int number) {
    poller.set(next, worker, stage);
    pollerJob.set(next, worker, job);
    pollerNumber.set(next, worker, number);
  }

  void clearPoller(Next next, int worker) {
    setPoller(next, worker, IDLE, 0, 0);
  }

  /** The token of the claim that is on its way, 0 if there is none. */
  int tokenOnItsWay(State state, int worker) {
    int stage = poller.of(state, worker);
    boolean has = stage == UNCLEAR || stage == HAS_PERMIT || stage == HAS_CLAIMED;
    return has ? pollerNumber.of(state, worker) : 0;
  }

  void clearRun(State state, int worker) {
    run.set(state, worker, 0);
    runJob.set(state, worker, 0);
    runOwner.set(state, worker, 0);
    body.set(state, worker, 0);
    outcome.set(state, worker, NONE);
    orphan.set(state, worker, 0);
  }

  void release(State state, int worker, int permitToken, int job) {
    int entry = permitToken << 2 | job;
    if (!releases.contains(state, worker, entry)) {
      releases.add(state, worker, entry);
    }
  }

  /** Whether a worker is to give back a permit with this token. */
  boolean isReleasing(State state, int worker, int permitToken) {
    for (int k = 0; k < releases.size(state, worker); k++) {
      if (releases.get(state, worker, k) >> 2 == permitToken) {
        return true;
      }
    }
    return false;
  }

  void clearLate(Next next) {
    setLate(next, 0, 0, 0, 0, 0);
  }

  void setLate(Next next, int kind, int by, int job, int claim, int knownLimit) {
    late.set(next, kind);
    lateOwner.set(next, by);
    lateJob.set(next, job);
    lateToken.set(next, claim);
    lateLimit.set(next, knownLimit);
  }

  /** The lowest token that nobody knows. */
  int freshToken(State state) {
    int fresher = 1;
    while (isKnown(state, fresher)) {
      fresher++;
    }
    return fresher;
  }

  private boolean isKnown(State state, int wanted) {
    boolean known = hasPermit(state, wanted) || lateToken.of(state) == wanted;
    for (int j = 0; j < jobs && !known; j++) {
      known = token.of(state, j) == wanted;
    }
    for (int w = 0; w < WORKERS && !known; w++) {
      known =
          run.of(state, w) == wanted
              || tokenOnItsWay(state, w) == wanted
              || isReleasing(state, w, wanted);
    }
    return known;
  }
}
