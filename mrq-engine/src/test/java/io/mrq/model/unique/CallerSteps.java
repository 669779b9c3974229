package io.mrq.model.unique;

import static io.mrq.model.unique.KeyState.ABSENT;
import static io.mrq.model.unique.KeyState.ANSWERED;
import static io.mrq.model.unique.KeyState.DEAD;
import static io.mrq.model.unique.KeyState.FINAL;
import static io.mrq.model.unique.KeyState.INSERT;
import static io.mrq.model.unique.KeyState.INSERT_UNTOUCHED;
import static io.mrq.model.unique.KeyState.MARK;
import static io.mrq.model.unique.KeyState.READ_JOB;
import static io.mrq.model.unique.KeyState.READ_KEY;
import static io.mrq.model.unique.KeyState.TAKE_OVER;
import static io.mrq.model.unique.KeyState.TOUCH;
import static io.mrq.model.unique.KeyState.WAITING;

import io.mrq.model.Next;
import io.mrq.model.State;
import java.util.Set;

/** One caller on its way from its key to its answer. */
final class CallerSteps {
  private final KeyState f;
  private final boolean insertsUnderStoredId;
  private final boolean touches;
  private final boolean marks;
  private final boolean asksForCount;

  CallerSteps(Set<Rule> rules, KeyState f) {
    this.f = f;
    insertsUnderStoredId = rules.contains(Rule.INSERT_UNDER_STORED_ID);
    touches = rules.contains(Rule.TOUCH_BEFORE_INSERT);
    marks = rules.contains(Rule.MARK_BEFORE_TAKEOVER);
    asksForCount = rules.contains(Rule.TAKEOVER_ASKS_FOR_COUNT);
  }

  void steps(State now, Next next, int c) {
    int stage = f.stage.of(now, c);
    if (stage == ANSWERED || stage == DEAD) {
      return;
    }
    if (f.faultsLeft.of(now) > 0) {
      f.go(next, c, DEAD);
      f.faultsLeft.add(next, 0, -1);
      next.fault("caller %d dies", c);
    }
    switch (stage) {
      case READ_KEY -> readKey(now, next, c);
      case READ_JOB -> readJob(now, next, c);
      case TOUCH -> touch(now, next, c);
      case MARK -> mark(now, next, c);
      case TAKE_OVER -> takeOver(now, next, c);
      default -> insert(now, next, c);
    }
  }

  private void readKey(State now, Next next, int c) {
    if (f.key.of(now) == 0) {
      f.writeKey(next, c, 0);
      f.go(next, c, INSERT, c, 0, 0);
      next.fair("caller %d inserts the key for job %d", c, c);
    } else {
      int job = f.key.of(now) - 1;
      f.go(next, c, READ_JOB, job, 0, f.count.of(now));
      next.fair("caller %d reads the key: job %d", c, job);
    }
  }

  private void readJob(State now, Next next, int c) {
    int job = f.readJob.of(now, c);
    int count = f.readCount.of(now, c);
    if (f.isUnfinished(now, job)) {
      f.go(next, c, ANSWERED);
      next.fair("caller %d is answered with job %d", c, job);
    } else if (f.status.of(now, job) == FINAL) {
      if (marks) {
        f.go(next, c, MARK, job, f.supersededBy.of(now, job), count);
      } else {
        f.go(next, c, TAKE_OVER, job, 0, count);
      }
      next.fair("caller %d reads that job %d is final", c, job);
    } else if (insertsUnderStoredId) {
      f.go(next, c, touches ? TOUCH : INSERT_UNTOUCHED, job, 0, 0);
      next.fair("caller %d reads that job %d is absent", c, job);
    } else {
      f.go(next, c, TAKE_OVER, job, 0, count);
      next.fair("caller %d reads that job %d is absent, and will take the key over", c, job);
    }
  }

  private void touch(State now, Next next, int c) {
    int job = f.readJob.of(now, c);
    if (f.standsFor(now, job)) {
      f.writeKey(next, job, f.count.of(now) + 1);
      f.go(next, c, INSERT, job, 0, 0);
      next.fair("caller %d touches the key of %d", c, job);
    } else {
      f.go(next, c, READ_KEY);
      next.fair("caller %d finds the key changed", c);
    }
  }

  private void mark(State now, Next next, int c) {
    int job = f.readJob.of(now, c);
    boolean unchanged =
        f.status.of(now, job) == FINAL
            && f.supersededBy.of(now, job) == f.readSuperseded.of(now, c);
    if (unchanged) {
      f.supersededBy.set(next, job, 1 + c);
      f.go(next, c, TAKE_OVER, job, 0, f.readCount.of(now, c));
      next.fair("caller %d marks job %d as superseded", c, job);
    } else {
      f.go(next, c, READ_KEY);
      next.fair("caller %d finds job %d changed", c, job);
    }
  }

  private void takeOver(State now, Next next, int c) {
    int job = f.readJob.of(now, c);
    boolean unchanged = f.count.of(now) == f.readCount.of(now, c) || !asksForCount;
    if (f.standsFor(now, job) && unchanged) {
      f.writeKey(next, c, f.count.of(now) + 1);
      f.go(next, c, INSERT, c, 0, 0);
      next.fair("caller %d takes the key over from %d", c, job);
    } else {
      f.go(next, c, READ_KEY);
      next.fair("caller %d finds the key changed", c);
    }
  }

  private void insert(State now, Next next, int c) {
    int job = f.readJob.of(now, c);
    f.go(next, c, ANSWERED);
    if (f.status.of(now, job) == ABSENT) {
      f.status.set(next, job, WAITING);
      next.fair("caller %d inserts job %d", c, job);
    } else {
      next.fair("caller %d finds job %d stored", c, job);
    }
  }
}
