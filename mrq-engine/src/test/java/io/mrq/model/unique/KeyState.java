package io.mrq.model.unique;

import io.mrq.model.Field;
import io.mrq.model.Layout;
import io.mrq.model.Next;
import io.mrq.model.State;

/** The fields of a state: one key, the jobs, the callers, the cleaner, a person. */
final class KeyState {
  static final int CALLERS = 3;

  /** Statuses of a job. Job i is the one that caller i would insert. */
  static final int ABSENT = 0;

  static final int WAITING = 1;
  static final int STARTED = 2;
  static final int FINAL = 3;

  /** What a caller does next. */
  static final int READ_KEY = 0;

  static final int READ_JOB = 1;
  static final int TOUCH = 2;
  static final int MARK = 3;
  static final int TAKE_OVER = 4;
  static final int INSERT = 5;

  /** Inserts without having written the key. */
  static final int INSERT_UNTOUCHED = 6;

  static final int ANSWERED = 7;
  static final int DEAD = 8;

  final Layout layout = new Layout();

  /** 0: there is no key; else 1 + the job that it stands for. */
  final Field key = layout.field(2);

  /** How often the key was written. */
  final Field count = layout.field(4);

  /** Whether the key was last written a day ago. */
  final Field dayOld = layout.field(1);

  final Field status = layout.fields(CALLERS, 2);

  /** 0, or 1 + the job that took the key over from this one. */
  final Field supersededBy = layout.fields(CALLERS, 2);

  final Field stage = layout.fields(CALLERS, 4);

  /** What a caller has read: a job, what superseded it, the count of the key. */
  final Field readJob = layout.fields(CALLERS, 2);

  final Field readSuperseded = layout.fields(CALLERS, 2);
  final Field readCount = layout.fields(CALLERS, 4);

  /** The key as the cleaner has read it; 0: it has not. */
  final Field cleanerKey = layout.field(2);

  final Field cleanerCount = layout.field(4);

  /** 0, or 1 + the job that a person wants to requeue. */
  final Field person = layout.field(2);

  final Field personSuperseded = layout.field(2);
  final Field faultsLeft = layout.field(2);
  final Field requeuesLeft = layout.field(2);
  final Field expiriesLeft = layout.field(2);

  /** Sends a caller to a stage with nothing read. */
  void go(Next next, int caller, int to) {
    go(next, caller, to, 0, 0, 0);
  }

  void go(Next next, int caller, int to, int job, int superseded, int keyCount) {
    stage.set(next, caller, to);
    readJob.set(next, caller, job);
    readSuperseded.set(next, caller, superseded);
    readCount.set(next, caller, keyCount);
  }

  /** Whether the key stands for this job. */
  boolean standsFor(State state, int job) {
    return key.of(state) == 1 + job;
  }

  void writeKey(Next next, int job, int newCount) {
    key.set(next, 1 + job);
    count.set(next, newCount);
    dayOld.set(next, 0);
  }

  boolean isUnfinished(State state, int job) {
    return status.of(state, job) == WAITING || status.of(state, job) == STARTED;
  }

  /** Whether some caller is between its write of the key and its insert, of any or this job. */
  boolean isBetweenItsWrites(State state, int job) {
    for (int c = 0; c < CALLERS; c++) {
      if (stage.of(state, c) == INSERT && (job < 0 || readJob.of(state, c) == job)) {
        return true;
      }
    }
    return false;
  }
}
