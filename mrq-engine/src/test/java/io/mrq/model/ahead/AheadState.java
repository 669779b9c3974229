package io.mrq.model.ahead;

import static io.mrq.model.ahead.Setup.JOBS;
import static io.mrq.model.ahead.Setup.WORKERS;

import io.mrq.model.Bag;
import io.mrq.model.Field;
import io.mrq.model.Layout;
import io.mrq.model.Next;
import io.mrq.model.State;

/** The fields of a state: the jobs, and what each worker holds, runs and waits for. */
final class AheadState {
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

  static final int HAS_TAKEN = 1;

  /** Of finish and claim in one trip the finish is applied, or both are. */
  static final int FINISH_SENT = 2;

  static final int CLAIM_SENT = 3;

  /** It does not know what it has claimed. */
  static final int UNCLEAR = 4;

  /** Bodies of runs. */
  static final int ENDED = 0;

  static final int GOES_ON = 1;
  static final int HANGS = 2;

  /** Outcomes of runs. */
  static final int NONE = 0;

  static final int TO_SEND = 1;
  static final int IN_DOUBT = 2;
  static final int KNOWN = 3;

  final Layout layout = new Layout();
  final Field status = layout.fields(JOBS, 2);
  final Field owner = layout.fields(JOBS, 4);
  final Field token = layout.fields(JOBS, 4);
  final Field mode = layout.fields(WORKERS, 2);
  final Field epoch = layout.fields(WORKERS, 2);
  final Field lost = layout.fields(WORKERS, 1);
  final Field fresh = layout.fields(WORKERS, 1);
  final Field beaten = layout.fields(WORKERS, 1);
  final Field looks = layout.fields(WORKERS, 1);
  final Field poller = layout.fields(WORKERS, 3);
  final Field pollerJob = layout.fields(WORKERS, 1);
  final Field pollerToken = layout.fields(WORKERS, 4);

  /** The run whose outcome goes in the same trip, as {@link #idOfRun}. */
  final Field tripRun = layout.fields(WORKERS, 10);

  final Field finishMatched = layout.fields(WORKERS, 1);
  final Field claimMatched = layout.fields(WORKERS, 1);

  /** What is claimed and not started: job, token, and whether its giving back is unclear. */
  final Bag held = layout.bags(WORKERS, 2, 6);

  final Bag runs = layout.bags(WORKERS, 8, 13);
  final Field lateOwner = layout.field(4);
  final Field lateJob = layout.field(1);
  final Field lateToken = layout.field(4);
  final Field faultsLeft = layout.field(2);
  final Field eventsLeft = layout.field(2);

  int idOf(State state, int worker) {
    return 1 + worker + WORKERS * epoch.of(state, worker);
  }

  static int processOf(int owner) {
    return (owner - 1) % WORKERS;
  }

  static int epochOf(int owner) {
    return (owner - 1) / WORKERS;
  }

  static int heldEntry(int job, int token, boolean unclear) {
    return job << 5 | token << 1 | (unclear ? 1 : 0);
  }

  static int jobOfHeld(int entry) {
    return entry >> 5;
  }

  static int tokenOfHeld(int entry) {
    return entry >> 1 & 15;
  }

  static boolean isReturnUnclear(int entry) {
    return (entry & 1) != 0;
  }

  static int run(int job, int token, int owner, int body, int outcome) {
    return job << 12 | token << 8 | owner << 4 | body << 2 | outcome;
  }

  /** Job, token and owner of a run. */
  static int idOfRun(int run) {
    return run >> 4;
  }

  static int jobOf(int run) {
    return run >> 12;
  }

  static int tokenOf(int run) {
    return run >> 8 & 15;
  }

  static int ownerOf(int run) {
    return run >> 4 & 15;
  }

  static int bodyOf(int run) {
    return run >> 2 & 3;
  }

  static int outcomeOf(int run) {
    return run & 3;
  }

  static int with(int run, int body, int outcome) {
    return idOfRun(run) << 4 | body << 2 | outcome;
  }

  void move(Next next, int job, int to, int by, int claim) {
    status.set(next, job, to);
    owner.set(next, job, by);
    token.set(next, job, claim);
  }

  void queueAgain(Next next, int job) {
    move(next, job, QUEUED, NOBODY, 0);
  }

  boolean isStarted(State state, int job, int by, int claim) {
    return status.of(state, job) == STARTED
        && owner.of(state, job) == by
        && token.of(state, job) == claim;
  }

  boolean hasRun(State state, int run) {
    return isStarted(state, jobOf(run), ownerOf(run), tokenOf(run));
  }

  boolean isStartedByProcess(State state, int job, int worker) {
    return status.of(state, job) == STARTED && processOf(owner.of(state, job)) == worker;
  }

  void setPoller(Next next, int worker, int stage, int job, int claim) {
    poller.set(next, worker, stage);
    pollerJob.set(next, worker, job);
    pollerToken.set(next, worker, claim);
    tripRun.set(next, worker, 0);
    finishMatched.set(next, worker, 0);
    claimMatched.set(next, worker, 0);
  }

  void clearPoller(Next next, int worker) {
    setPoller(next, worker, IDLE, 0, 0);
  }

  void setLate(Next next, int by, int job, int claim) {
    lateOwner.set(next, by);
    lateJob.set(next, job);
    lateToken.set(next, claim);
  }

  /** How many bodies go on in a worker. */
  int busy(State state, int worker) {
    int busy = 0;
    for (int k = 0; k < runs.size(state, worker); k++) {
      busy += bodyOf(runs.get(state, worker, k)) == ENDED ? 0 : 1;
    }
    return busy;
  }

  boolean holdsToken(State state, int worker, int wanted) {
    for (int k = 0; k < held.size(state, worker); k++) {
      if (tokenOfHeld(held.get(state, worker, k)) == wanted) {
        return true;
      }
    }
    return false;
  }

  boolean runsToken(State state, int worker, int wanted) {
    for (int k = 0; k < runs.size(state, worker); k++) {
      if (tokenOf(runs.get(state, worker, k)) == wanted) {
        return true;
      }
    }
    return false;
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
    boolean known = lateToken.of(state) == wanted;
    for (int j = 0; j < JOBS && !known; j++) {
      known = token.of(state, j) == wanted;
    }
    for (int w = 0; w < WORKERS && !known; w++) {
      known =
          holdsToken(state, w, wanted)
              || runsToken(state, w, wanted)
              || pollerToken.of(state, w) == wanted;
    }
    return known;
  }
}
