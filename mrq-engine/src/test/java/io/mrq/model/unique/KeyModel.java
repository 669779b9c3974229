package io.mrq.model.unique;

import static io.mrq.model.unique.KeyState.ABSENT;
import static io.mrq.model.unique.KeyState.ANSWERED;
import static io.mrq.model.unique.KeyState.CALLERS;
import static io.mrq.model.unique.KeyState.DEAD;
import static io.mrq.model.unique.KeyState.FINAL;
import static io.mrq.model.unique.KeyState.STARTED;
import static io.mrq.model.unique.KeyState.WAITING;

import io.mrq.model.Invariant;
import io.mrq.model.Layout;
import io.mrq.model.Model;
import io.mrq.model.Next;
import io.mrq.model.State;
import java.util.Set;

/**
 * One unique key, taken until its job has ended. Three callers enqueue, each with an id of its own;
 * a cleaner deletes old keys; a person requeues. Nobody stands still for a day between two writes.
 */
final class KeyModel implements Model {
  private final KeyState f = new KeyState();
  private final CallerSteps caller;
  private final Set<Rule> rules;
  private final int faults;
  private final int requeues;
  private final int expiries;

  /**
   * Makes a model.
   *
   * @param faults how many callers may die
   * @param requeues how often a person may want a requeue
   * @param expiries how many final jobs may expire
   */
  KeyModel(Set<Rule> rules, int faults, int requeues, int expiries) {
    this.rules = rules;
    this.faults = faults;
    this.requeues = requeues;
    this.expiries = expiries;
    caller = new CallerSteps(rules, f);
  }

  @Override
  public Layout layout() {
    return f.layout;
  }

  @Override
  public void start(State first) {
    f.faultsLeft.set(first, faults);
    f.requeuesLeft.set(first, requeues);
    f.expiriesLeft.set(first, expiries);
  }

  @Override
  public void steps(State now, Next next) {
    for (int c = 0; c < CALLERS; c++) {
      caller.steps(now, next, c);
    }
    for (int job = 0; job < CALLERS; job++) {
      job(now, next, job);
    }
    requeue(now, next);
    clean(now, next);
  }

  private void job(State now, Next next, int job) {
    switch (f.status.of(now, job)) {
      case WAITING -> {
        f.status.set(next, job, STARTED);
        next.fair("job %d starts", job);
      }
      case STARTED -> {
        f.status.set(next, job, FINAL);
        next.fair("job %d ends", job);
      }
      case FINAL -> finalJob(now, next, job);
      default -> {}
    }
  }

  private void finalJob(State now, Next next, int job) {
    if (f.expiriesLeft.of(now) > 0 && !f.isBetweenItsWrites(now, job)) {
      f.status.set(next, job, ABSENT);
      f.supersededBy.set(next, job, 0);
      f.expiriesLeft.add(next, 0, -1);
      next.chance("job %d expires", job);
    }
    if (f.requeuesLeft.of(now) > 0 && f.person.of(now) == 0) {
      f.person.set(next, 1 + job);
      f.personSuperseded.set(next, f.supersededBy.of(now, job));
      f.requeuesLeft.add(next, 0, -1);
      next.chance("a person looks at job %d and wants it requeued", job);
    }
  }

  private void requeue(State now, Next next) {
    if (f.person.of(now) == 0) {
      return;
    }
    int job = f.person.of(now) - 1;
    boolean may =
        !f.supersededBy.isSet(now, job)
            || !rules.contains(Rule.MARK_BEFORE_TAKEOVER)
            || !rules.contains(Rule.SUPERSEDED_IS_NOT_REQUEUED) && f.standsFor(now, job);
    f.person.set(next, 0);
    f.personSuperseded.set(next, 0);
    if (may && f.status.of(now, job) == FINAL) {
      f.status.set(next, job, WAITING);
      f.supersededBy.set(next, job, 0);
      next.fair("job %d is requeued by hand", job);
    } else {
      next.fair("the requeue of job %d is refused", job);
    }
  }

  private void clean(State now, Next next) {
    boolean hasKey = f.key.of(now) != 0;
    if (hasKey && f.dayOld.of(now) == 0 && !f.isBetweenItsWrites(now, -1)) {
      f.dayOld.set(next, 1);
      next.chance("a day passes");
    }
    if (f.cleanerKey.of(now) == 0 && hasKey && f.dayOld.of(now) == 1) {
      int job = f.key.of(now) - 1;
      boolean isFinal = f.status.of(now, job) == FINAL;
      if (f.status.of(now, job) == ABSENT
          || isFinal && !rules.contains(Rule.KEYS_OF_FINAL_JOBS_STAY)) {
        f.cleanerKey.set(next, f.key.of(now));
        f.cleanerCount.set(next, f.count.of(now));
        next.chance(
            isFinal
                ? "the cleaner reads the key: a day old, job %d is final"
                : "the cleaner reads the key: a day old, job %d is gone",
            job);
      }
    }
    if (f.cleanerKey.of(now) != 0) {
      delete(now, next);
    }
  }

  private void delete(State now, Next next) {
    boolean same =
        f.key.of(now) == f.cleanerKey.of(now)
            && f.count.of(now) == f.cleanerCount.of(now)
            && f.dayOld.of(now) == 1;
    if (same) {
      f.key.set(next, 0);
      f.count.set(next, 0);
      f.dayOld.set(next, 0);
      doneCleaning(next);
      next.fair("the cleaner deletes the key");
    }
    doneCleaning(next);
    next.fair("the cleaner leaves the key");
  }

  private void doneCleaning(Next next) {
    f.cleanerKey.set(next, 0);
    f.cleanerCount.set(next, 0);
  }

  @Override
  public void judge(Next next, String name, int... numbers) {
    int unfinished = 0;
    for (int job = 0; job < CALLERS; job++) {
      unfinished += f.isUnfinished(next, job) ? 1 : 0;
    }
    if (unfinished > 1) {
      next.breaks(Invariant.KEY_HAS_ONE_JOB, name, numbers);
    }
  }

  @Override
  public boolean ended(State state) {
    for (int i = 0; i < CALLERS; i++) {
      int stage = f.stage.of(state, i);
      if (stage != ANSWERED && stage != DEAD || f.isUnfinished(state, i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean mustProgress(State state) {
    return true;
  }
}
