package io.mrq.model.dispatch;

import io.mrq.model.Bag;
import io.mrq.model.Field;
import io.mrq.model.Layout;
import io.mrq.model.Next;
import io.mrq.model.State;

/** The fields of a state: the jobs in MongoDB, the ids in Redis, the workers, the rescuer. */
final class DispatchState {
  static final int WORKERS = 2;

  /** Statuses of a job. {@code FINAL} is any final status but a cancel. */
  static final int QUEUED = 0;

  static final int STARTED = 1;
  static final int INTERRUPT = 2;
  static final int RETRY = 3;
  static final int FINAL = 4;
  static final int CANCELLED = 5;

  /** Owners of a job: nobody, a worker under one of its ids, or a Python worker. */
  static final int NOBODY = 0;

  static final int PYTHON = 15;

  /** Modes of a worker's process. */
  static final int UP = 0;

  static final int PAUSED = 1;
  static final int DEAD = 2;

  /** What a worker's poller does. */
  static final int IDLE = 0;

  static final int HAS_TAKEN = 1;
  static final int HAS_CLAIMED = 2;
  static final int HAS_FOUND = 3;

  /** The rescuer's judgement of a worker in the first design. */
  static final int RIGHTLY_JUDGED = 1;

  static final int WRONGLY_JUDGED = 2;

  final int jobs;
  final Layout layout = new Layout();

  final Field status;
  final Field owner;
  final Field attempt;

  /** How many offers of a job are on their way to Redis, at most 2. */
  final Field offers;

  /** Whether Redis has the id in the ready set. */
  final Field ready;

  /** Whether Redis has the id in the set of ids that a worker claimed, by job and worker. */
  final Field claimed;

  final Field mode = layout.fields(WORKERS, 2);
  final Field cut = layout.fields(WORKERS, 1);

  /** How many worker ids the process has used up. */
  final Field epoch = layout.fields(WORKERS, 3);

  /** Whether the current worker id was declared lost. */
  final Field lost = layout.fields(WORKERS, 1);

  /** Whether the last beat is fresh enough to claim. */
  final Field fresh = layout.fields(WORKERS, 1);

  /** Whether the worker has beaten since the rescuer last looked. */
  final Field beaten = layout.fields(WORKERS, 1);

  /** How many looks of the rescuer in a row found the beat unchanged. */
  final Field looks = layout.fields(WORKERS, 2);

  /** For how many of these looks the process really stood still. */
  final Field stoodStill = layout.fields(WORKERS, 2);

  final Field poller = layout.fields(WORKERS, 2);
  final Field pollerJob = layout.fields(WORKERS, 1);

  /** The attempt that a claim won, 0 if it won nothing. */
  final Field pollerWon = layout.fields(WORKERS, 4);

  final Field verdict = layout.fields(WORKERS, 2);
  final Bag runs = layout.bags(WORKERS, 2, 7);
  final Field faultsLeft = layout.field(2);
  final Field eventsLeft = layout.field(2);

  DispatchState(int jobs) {
    this.jobs = jobs;
    status = layout.fields(jobs, 3);
    owner = layout.fields(jobs, 4);
    attempt = layout.fields(jobs, 4);
    offers = layout.fields(jobs, 2);
    ready = layout.fields(jobs, 1);
    claimed = layout.fields(jobs * WORKERS, 1);
  }

  /** The id under which a worker works now, as it stands in a job's document. */
  int idOf(State state, int worker) {
    return 1 + worker + WORKERS * epoch.of(state, worker);
  }

  /** The worker process behind an owner. */
  static int processOf(int owner) {
    return (owner - 1) % WORKERS;
  }

  static int epochOf(int owner) {
    return (owner - 1) / WORKERS;
  }

  boolean isStartedBy(State state, int job, int id) {
    return status.of(state, job) == STARTED && owner.of(state, job) == id;
  }

  boolean isFinal(State state, int job) {
    return status.of(state, job) >= FINAL;
  }

  /** Counts one more offer on its way. */
  void offer(Next next, int job) {
    offers.set(next, job, Math.min(2, offers.of(next, job) + 1));
  }

  void setPoller(Next next, int worker, int stage, int job, int won) {
    poller.set(next, worker, stage);
    pollerJob.set(next, worker, job);
    pollerWon.set(next, worker, won);
  }

  void clearPoller(Next next, int worker) {
    setPoller(next, worker, IDLE, 0, 0);
  }

  /** A run in the worker's memory, as an entry of {@link #runs}. */
  static int run(int job, int attempt, boolean outcomeIsUnclear) {
    return job << 6 | attempt << 2 | (outcomeIsUnclear ? 2 : 0) | 1;
  }

  static int jobOf(int run) {
    return run >> 6;
  }

  static int attemptOf(int run) {
    return run >> 2 & 15;
  }

  static boolean isUnclear(int run) {
    return (run & 2) != 0;
  }

  boolean runs(State state, int worker, int job, int attempt) {
    return runs.contains(state, worker, run(job, attempt, false))
        || runs.contains(state, worker, run(job, attempt, true));
  }
}
