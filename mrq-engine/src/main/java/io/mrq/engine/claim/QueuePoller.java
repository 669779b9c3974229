package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.dispatch.WakeUp;
import io.mrq.engine.heartbeat.WorkerHeartbeat;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.WorkerId;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueueSelection.Servable;
import io.mrq.queue.ServedQueues;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finds work for a worker with free slots. It passes over the queues and claims jobs. When no queue
 * has any, it notes that the worker is idle and waits until it is woken. While the dispatch index
 * is away, it polls the store.
 *
 * <p>However often the worker is woken for some of its queues, a pass over all of them follows the
 * last one after 5 s. So a lost wake-up delays a job by 5 s at most, on every queue.
 */
public final class QueuePoller {
  private static final Duration MAX_BETWEEN_PASSES = Duration.ofSeconds(5);
  private static final Duration RETRY_WHILE_CLOSED = Duration.ofMillis(500);
  private static final Duration RETRY_WHILE_OUTCOMES_WAIT = Duration.ofMillis(5);
  private static final Duration RETRY_WITHOUT_LEASE = Duration.ofMillis(100);

  private final ServedQueues queues;
  private final DispatchIndex index;
  private final JobDispatcher dispatcher;
  private final WorkerSlots slots;
  private final HeldJobs held;
  private final PausedQueues pauses;
  private final WorkerLease lease;
  private final BooleanSupplier tooManyOutcomesWait;
  private final LongSupplier nanos;
  private final ClaimGate gate;
  private final IdleNotes notes;
  private final IndexClaims claims;
  private final StorePolling store;
  private final QueuePass pass;
  private final ParkedPolling parked;

  /** Whether there may be more jobs than the free slots can run. */
  private boolean expectsMore = true;

  /**
   * Creates a poller.
   *
   * @param tooManyOutcomesWait whether nothing may be claimed until outcomes are stored
   * @param known the paths of the tasks whose jobs the worker runs
   * @param nanos monotonic clock
   */
  public QueuePoller(
      ServedQueues queues,
      DispatchIndex index,
      JobDispatcher dispatcher,
      JobStore jobs,
      WorkerSlots slots,
      HeldJobs held,
      PausedQueues pauses,
      WorkerLease lease,
      WorkerHeartbeat heartbeat,
      BooleanSupplier tooManyOutcomesWait,
      ParkedTasks parkedTasks,
      Supplier<Set<String>> known,
      Claiming claiming,
      LongSupplier nanos) {
    this.queues = queues;
    this.index = index;
    this.dispatcher = dispatcher;
    this.slots = slots;
    this.held = held;
    this.pauses = pauses;
    this.lease = lease;
    this.tooManyOutcomesWait = tooManyOutcomesWait;
    this.nanos = nanos;
    gate = new ClaimGate(heartbeat);
    notes = new IdleNotes(index, dispatcher);
    claims = new IndexClaims(index, slots, gate, claiming);
    store = new StorePolling(jobs, slots, gate, claiming);
    parked = new ParkedPolling(parkedTasks, known, slots, gate, claiming, nanos);
    pass = new QueuePass(new SequentialPass(), slots, claims, store, nanos);
  }

  /** One step of the poller's loop; returns how long to wait before the next one. */
  public Duration step() throws InterruptedException {
    try {
      return findWork();
    } catch (StoreUnavailableException e) {
      // This worker cannot claim: wake-ups are for others.
      notes.takeBack();
      throw e;
    }
  }

  /**
   * Claims nothing more. It is called before the loop is stopped, so that no wake-up that comes
   * while the loop ends is lost.
   */
  public void stopping() throws InterruptedException {
    gate.close();
    notes.takeBack();
  }

  /** Removes the last traces of the worker from the index, after the loop was stopped. */
  public void stopped() throws InterruptedException {
    notes.leave();
  }

  private Duration findWork() throws InterruptedException {
    if (gate.isLeaving()) {
      held.giveBackAll();
      return notIdle(RETRY_WHILE_CLOSED);
    }
    boolean room = slots.awaitRoom(expectsMore, held.untilDue());
    held.giveBackOld();
    // In case that the lease was not proven when the last body ended.
    held.startNext();
    if (!room) {
      return Duration.ZERO;
    }
    if (tooManyOutcomesWait.getAsBoolean()) {
      return notIdle(RETRY_WHILE_OUTCOMES_WAIT);
    }
    if (!gate.proveLease()) {
      return notIdle(RETRY_WITHOUT_LEASE);
    }
    held.startNext();
    List<Servable> open = pauses.open(queues);
    held.keepOnly(name -> open.stream().anyMatch(queue -> queue.covers(name)));
    if (open.isEmpty()) {
      return notIdle(RETRY_WHILE_CLOSED);
    }
    if (!index.isAvailable()) {
      return pollStore(open);
    }
    try {
      passOrWait(open);
      return Duration.ZERO;
    } catch (DispatchUnavailableException e) {
      return pollStore(open);
    }
  }

  private Duration pollStore(List<Servable> open) throws InterruptedException {
    int unparked = parked.claimFrom(open, pauses.parked());
    expectsMore = store.claimFrom(open) + unparked > 0;
    return shorter(store.waitAfter(expectsMore), held.untilDue());
  }

  private Duration notIdle(Duration retryAfter) throws InterruptedException {
    notes.takeBack();
    return retryAfter;
  }

  private void passOrWait(List<Servable> open) throws InterruptedException {
    int unparked = parked.claimFrom(open, pauses.parked());
    if (pass.claimFrom(open) + unparked > 0) {
      expectsMore = true;
      store.expectJobs();
      takeNotesBackIfFull();
      return;
    }
    expectsMore = false;
    if (takeNotesBackIfFull()) {
      // It only looked for jobs to hold, and waits for a slot before it looks again.
      return;
    }
    WorkerId worker = lease.id();
    long notedAt = nanos.getAsLong();
    notes.note(worker, open);
    // An offer that came between the pass and the notes woke nobody, so there is a second pass.
    if (pass.claimFrom(open) > 0) {
      takeNotesBackIfFull();
      return;
    }
    serveWakeUps(worker, open, notedAt + MAX_BETWEEN_PASSES.toNanos());
  }

  /** Waits to be woken, and serves the queues of the wake-ups, until the next pass is due. */
  private void serveWakeUps(WorkerId worker, List<Servable> open, long deadline)
      throws InterruptedException {
    while (!gate.isLeaving() && worker.equals(lease.id()) && open.equals(pauses.open(queues))) {
      Duration untilPass = Duration.ofNanos(deadline - nanos.getAsLong());
      Duration untilParked = parked.untilDue(open, pauses.parked());
      if (!untilPass.isPositive() || untilParked.isZero()) {
        return;
      }
      Duration untilLook = shorter(shorter(pauses.untilNextRead(), untilParked), held.untilDue());
      Optional<WakeUp> woken = index.await(worker, shorter(untilPass, untilLook));
      held.giveBackOld();
      if (woken.isPresent() && !serveWakeUp(worker, open, woken.get())) {
        return;
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Serves the queue of a wake-up; returns false if the next pass is due. */
  private boolean serveWakeUp(WorkerId worker, List<Servable> open, WakeUp wakeUp)
      throws InterruptedException {
    Optional<Servable> woken = acceptWakeUp(worker, open, wakeUp.queue());
    if (woken.isEmpty()) {
      return false;
    }
    Servable queue = woken.get();
    if (wakeUp.job() == null) {
      claims.claimFrom(queue, slots.free());
    } else {
      claims.claimNamed(queue, wakeUp.job(), slots.free());
    }
    if (takeNotesBackIfFull()) {
      return false;
    }
    notes.noteAgain(worker, queue);
    if (claims.claimFrom(queue, slots.free()) == 0) {
      return true;
    }
    takeNotesBackIfFull();
    return false;
  }

  /** The queue of a wake-up; if this worker may not serve it now, another worker is woken. */
  private Optional<Servable> acceptWakeUp(WorkerId worker, List<Servable> open, String name) {
    Optional<Servable> served = open.stream().filter(queue -> queue.covers(name)).findFirst();
    boolean accepted = false;
    try {
      accepted = served.isPresent() && worker.equals(lease.id()) && gate.mayClaim();
      return accepted ? served : Optional.empty();
    } finally {
      if (!accepted) {
        dispatcher.passOn(name);
      }
    }
  }

  private boolean takeNotesBackIfFull() throws InterruptedException {
    boolean full = slots.free() == 0;
    if (full) {
      notes.takeBack();
    }
    return full;
  }
}
