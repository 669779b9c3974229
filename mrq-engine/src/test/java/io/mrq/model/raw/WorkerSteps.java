package io.mrq.model.raw;

import static io.mrq.model.raw.RawState.ABSENT;
import static io.mrq.model.raw.RawState.BODY;
import static io.mrq.model.raw.RawState.CANCELLED;
import static io.mrq.model.raw.RawState.DEAD;
import static io.mrq.model.raw.RawState.IDLE;
import static io.mrq.model.raw.RawState.NOBODY;
import static io.mrq.model.raw.RawState.NO_RUN;
import static io.mrq.model.raw.RawState.PAUSED;
import static io.mrq.model.raw.RawState.QUEUED;
import static io.mrq.model.raw.RawState.REGULAR;
import static io.mrq.model.raw.RawState.STARTED;
import static io.mrq.model.raw.RawState.TO_ACKNOWLEDGE;
import static io.mrq.model.raw.RawState.TO_CANCEL;
import static io.mrq.model.raw.RawState.TO_INSERT;
import static io.mrq.model.raw.RawState.UP;

import io.mrq.model.Next;
import io.mrq.model.State;

/** How a worker takes a param, makes it a document where that is wanted, and audits itself. */
final class WorkerSteps {
  private final Setup setup;
  private final RawState f;
  private final RunSteps runs;
  private final boolean keepsInFlight;
  private final boolean acknowledgementDecides;
  private final boolean audits;

  WorkerSteps(Setup setup, RawState f) {
    this.setup = setup;
    this.f = f;
    runs = new RunSteps(setup, f);
    keepsInFlight = setup.rules.contains(Rule.IN_FLIGHT_HASH);
    acknowledgementDecides = !setup.rules.contains(Rule.INSERT_DECIDES);
    audits = setup.rules.contains(Rule.AUDIT);
  }

  void steps(State now, Next next, int w) {
    if (f.mode.of(now, w) == DEAD) {
      return;
    }
    processFaults(now, next, w);
    if (f.mode.of(now, w) == PAUSED) {
      f.mode.set(next, w, UP);
      next.chance("worker %d resumes", w);
      return;
    }
    beat(now, next, w);
    if (f.poller.of(now, w) == IDLE && f.run.of(now, w) == NO_RUN && f.fresh.isSet(now, w)) {
      take(now, next, w);
      claim(now, next, w);
    }
    switch (f.poller.of(now, w)) {
      case TO_INSERT -> insert(now, next, w);
      case TO_ACKNOWLEDGE -> acknowledge(now, next, w);
      case TO_CANCEL -> cancel(now, next, w);
      default -> {}
    }
    runs.steps(now, next, w);
    if (audits && f.fresh.isSet(now, w) && !f.lost.isSet(now, w)) {
      auditFlight(now, next, w);
      auditDocuments(now, next, w);
    }
  }

  private void processFaults(State now, Next next, int w) {
    if (runs.mayHave(now, w, Fault.WORKER_KILLED)) {
      f.mode.set(next, w, DEAD);
      f.clearPoller(next, w);
      f.clearRun(next, w);
      f.fresh.set(next, w, 0);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d is killed", w);
    }
    if (f.mode.of(now, w) == UP && runs.mayHave(now, w, Fault.WORKER_PAUSED)) {
      f.mode.set(next, w, PAUSED);
      f.fresh.set(next, w, 0);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d is paused", w);
    }
  }

  private void beat(State now, Next next, int w) {
    if (f.lost.isSet(now, w)) {
      f.epoch.add(next, w, 1);
      f.lost.set(next, w, 0);
      f.fresh.set(next, w, 1);
      f.looks.set(next, w, 0);
      f.clearPoller(next, w);
      f.clearRun(next, w);
      next.fair("worker %d: its beat says lost; it takes a new id and drops its runs", w);
    } else if (!f.fresh.isSet(now, w)) {
      f.fresh.set(next, w, 1);
      f.looks.set(next, w, 0);
      next.fair("worker %d beats", w);
    }
  }

  private void take(State now, Next next, int w) {
    if (f.waiting.size(now, 0) == 0) {
      return;
    }
    int id = f.freshId(now);
    int param = f.waiting.get(now, 0, 0) - 1;
    taken(now, next, w, id, param);
    if (setup.storage) {
      f.setPoller(next, w, TO_INSERT, id, param);
      next.fair("worker %d takes param %d as %d", w, param, id);
    } else {
      f.setRun(next, w, BODY, id, param, f.idOf(now, w));
      next.fair("worker %d takes param %d as %d and starts it", w, param, id);
    }
    if (runs.mayHave(now, w, Fault.TAKE_REPLY_LOST)) {
      taken(now, next, w, id, param);
      f.faultsLeft.add(next, 0, -1);
      next.fault("worker %d takes param %d as %d, but the reply is lost", w, param, id);
    }
  }

  private void taken(State now, Next next, int w, int id, int param) {
    f.waiting.removeAt(next, 0, 0);
    if (keepsInFlight) {
      f.flight.add(next, 0, RawState.inFlight(f.idOf(now, w), id, param));
    }
  }

  /** A rescued run is a regular job. */
  private void claim(State now, Next next, int w) {
    for (int id = 1; id < RawState.IDS; id++) {
      if (f.status.of(now, id) == QUEUED) {
        int param = f.paramOf.of(now, id);
        f.store(next, id, STARTED, f.idOf(now, w), param);
        f.setRun(next, w, REGULAR, id, param, f.idOf(now, w));
        next.fair("worker %d claims job %d", w, id);
      }
    }
  }

  private void insert(State now, Next next, int w) {
    int id = f.pollerId.of(now, w);
    int param = f.pollerParam.of(now, w);
    int me = f.idOf(now, w);
    if (f.status.of(now, id) == ABSENT) {
      f.store(next, id, STARTED, me, param);
      f.setPoller(next, w, TO_ACKNOWLEDGE, id, param);
      next.fair("worker %d stores job %d", w, id);
    } else if (f.isDocument(now, id, STARTED, me)) {
      f.setPoller(next, w, TO_ACKNOWLEDGE, id, param);
      next.fair("worker %d finds job %d stored", w, id);
    } else {
      f.clearPoller(next, w);
      next.fair("worker %d cannot store job %d: the id is taken", w, id);
    }
  }

  private void acknowledge(State now, Next next, int w) {
    int id = f.pollerId.of(now, w);
    int param = f.pollerParam.of(now, w);
    int me = f.idOf(now, w);
    boolean there = f.isInFlight(now, id) || !keepsInFlight;
    if (acknowledgementDecides && !there) {
      f.setPoller(next, w, TO_CANCEL, id, param);
      next.fair("worker %d acknowledges %d: it is not in flight any more", w, id);
      return;
    }
    f.acknowledge(next, id);
    f.clearPoller(next, w);
    if (f.isDocument(now, id, STARTED, me)) {
      f.setRun(next, w, REGULAR, id, param, me);
      next.fair("worker %d acknowledges %d and starts it", w, id);
    } else {
      next.fair("worker %d finds that job %d is not its own any more", w, id);
    }
  }

  private void cancel(State now, Next next, int w) {
    int id = f.pollerId.of(now, w);
    boolean mine = f.isDocument(now, id, STARTED, f.idOf(now, w));
    if (mine) {
      f.status.set(next, id, CANCELLED);
    }
    f.clearPoller(next, w);
    next.fair(
        mine
            ? "worker %d cancels job %d behind its fence"
            : "worker %d cancels job %d behind its fence: matched nothing",
        w,
        id);
  }

  private boolean knows(State now, int w, int id) {
    return f.runId.of(now, w) == id || f.pollerId.of(now, w) == id;
  }

  private void auditFlight(State now, Next next, int w) {
    for (int k = 0; k < f.flight.size(now, 0); k++) {
      int entry = f.flight.get(now, 0, k);
      int id = RawState.idOfEntry(entry);
      if (RawState.ownerOf(entry) != f.idOf(now, w) || knows(now, w, id)) {
        continue;
      }
      if (f.status.of(now, id) == ABSENT) {
        f.giveBack(next, id, RawState.paramOfEntry(entry));
        next.fair("worker %d audits: %d is in flight, but it does not run: returned", w, id);
      } else {
        f.acknowledge(next, id);
        next.fair("worker %d audits: %d is in flight, but it is stored: acknowledged", w, id);
      }
    }
  }

  private void auditDocuments(State now, Next next, int w) {
    for (int id = 1; id < RawState.IDS; id++) {
      if (f.isDocument(now, id, STARTED, f.idOf(now, w)) && !knows(now, w, id)) {
        f.store(next, id, QUEUED, NOBODY, f.paramOf.of(now, id));
        next.fair("worker %d audits: it does not run job %d: put back", w, id);
      }
    }
  }
}
