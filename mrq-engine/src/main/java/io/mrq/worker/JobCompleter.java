package io.mrq.worker;

import io.mrq.dispatch.JobOffers;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.loop.GrowingWait;
import io.mrq.store.CompletionReply;
import io.mrq.store.JobStore;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.RunState;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the outcomes of runs, many at once: while one batch is on its way the next gathers, and
 * an idle committer waits at most 2 ms. An outcome that the store may or may not have is looked up,
 * and sent again or dropped; it is never forced in. One that the store refuses is replaced by a
 * smaller one, and holds up no other.
 */
final class JobCompleter {
  private static final Logger log = LoggerFactory.getLogger(JobCompleter.class);
  private static final int BATCH = 500;
  private static final long LINGER_NANOS = 2_000_000;
  private static final long IDLE_MILLIS = 200;

  /** So often is an outcome sent that neither matches its document nor is refused. */
  private static final int MOST_TRIES = 8;

  private final JobStore store;
  private final OutcomeEncoder encoder;
  private final CommittedOutcomes committed;
  private final RunningJobs runs;
  private final JobLogs logs;
  private final WorkerEvents events;
  private final int bound;
  private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
  private final GrowingWait wait = new GrowingWait();
  private volatile List<Item> open = List.of();
  private boolean unclear;
  private int singly;

  /**
   * An outcome on its way.
   *
   * @param tries how often it was sent and answered, and neither stored nor refused
   */
  private record Item(RunningJob running, PreparedCompletion prepared, int tries) {
    JobId id() {
      return running.job().id();
    }

    Completion end() {
      return prepared.completion();
    }
  }

  JobCompleter(
      JobStore store,
      JobOffers offers,
      OutcomeEncoder encoder,
      RunningJobs runs,
      JobLogs logs,
      WorkerEvents events,
      InstantSource clock,
      int slots) {
    this.store = store;
    this.encoder = encoder;
    this.committed = new CommittedOutcomes(store, offers, events, clock);
    this.runs = runs;
    this.logs = logs;
    this.events = events;
    this.bound = Math.max(512, 2 * slots);
  }

  /** Whether so many outcomes are not stored yet that nothing more may be claimed. */
  boolean isFull() {
    return waiting.size() + open.size() >= bound;
  }

  /**
   * Takes the decided outcome of a run, once; encodes it in the caller's thread unless that was
   * done. Never throws: an outcome that finds no memory now is submitted again later.
   */
  void submit(RunningJob running) {
    RunningJob.Ending ending = running.ending();
    if (ending == null || !running.submitOnce()) {
      return;
    }
    try {
      switch (ending) {
        case RunningJob.Ending.Stored stored -> {
          PreparedCompletion prepared = stored.prepared();
          waiting.add(
              new Item(
                  running,
                  prepared == null ? encoder.encode(running, stored.outcome()) : prepared,
                  0));
        }
        case RunningJob.Ending.Dropped(String why) -> {
          log.warn("job {}: outcome dropped, {}", running.job().id(), why);
          forget(running);
        }
      }
    } catch (Throwable e) {
      running.submitAgain();
      log.warn(
          "job {}: its outcome could not be submitted, and will be again: {}",
          running.job().id(),
          Failure.summary(e));
    }
  }

  /** One step of the committer's loop: sends a batch, in it what is still open of the last one. */
  Duration step() throws InterruptedException {
    if (!unclear && singly == 0) {
      gather();
    }
    try {
      if (unclear) {
        open = sortedOut(open);
        unclear = false;
      }
      sendOpen();
      if (open.stream().anyMatch(item -> item.tries > 0)) {
        return wait.next();
      }
      wait.reset();
      return Duration.ZERO;
    } catch (StoreUnavailableException e) {
      if (wait.isFresh()) {
        log.warn("{} outcomes wait for the store: {}", open.size(), e.getMessage());
      }
      unclear = true;
      return wait.next();
    }
  }

  private void gather() throws InterruptedException {
    List<Item> batch = new ArrayList<>(open);
    if (batch.isEmpty()) {
      Item first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return;
      }
      batch.add(first);
    }
    boolean idle = waiting.isEmpty() && open.isEmpty();
    waiting.drainTo(batch, Math.max(0, BATCH - batch.size()));
    long end = System.nanoTime() + LINGER_NANOS;
    while (idle && batch.size() < BATCH) {
      Item next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    open = batch;
  }

  private void sendOpen() throws InterruptedException {
    if (open.isEmpty()) {
      return;
    }
    List<Item> batch = singly > 0 ? open.subList(0, 1) : open;
    List<Item> after = new ArrayList<>(open.subList(batch.size(), open.size()));
    singly = Math.max(0, singly - 1);
    try {
      after.addAll(send(batch));
      open = after;
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      log.warn("a batch of {} outcomes could not be sent: {}", batch.size(), Failure.trace(e));
      if (batch.size() > 1) {
        // One of them makes the whole call fail: each is sent on its own.
        singly = batch.size();
      } else {
        after.addAll(refused(batch.getFirst(), Failure.summary(e)));
        open = after;
      }
    }
  }

  /** Sends a batch once; answers what must be sent again. */
  private List<Item> send(List<Item> batch) throws InterruptedException {
    logs.storeBeforeTheEnd(batch.stream().map(Item::running).toList());
    long begun = System.nanoTime();
    CompletionReply reply = store.complete(batch.stream().map(Item::prepared).toList());
    events.committed(batch.size(), Duration.ofNanos(System.nanoTime() - begun));
    List<Item> again = new ArrayList<>();
    List<Item> sent = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String refusal = reply.refused().get(i);
      if (refusal == null) {
        sent.add(batch.get(i));
      } else {
        again.addAll(refused(batch.get(i), refusal));
      }
    }
    if (reply.matched() >= sent.size()) {
      stored(sent);
    } else {
      sortedOut(sent).forEach(item -> again.addAll(unmatched(item)));
    }
    return again;
  }

  /** The next smaller outcome; none when there is none, and the run is given up. */
  private List<Item> refused(Item item, String why) {
    PreparedCompletion instead = encoder.instead(item.running, item.end(), why);
    if (instead == null) {
      giveUp(item, "the store refuses every form of it: " + why);
      return List.of();
    }
    log.warn(
        "job {}: the store refused its outcome '{}', so '{}' is stored in a smaller form: {}",
        item.id(),
        item.end().transition().to().text(),
        instead.completion().transition().to().text(),
        why);
    return List.of(new Item(item.running, instead, item.tries));
  }

  private List<Item> unmatched(Item item) {
    if (item.tries + 1 >= MOST_TRIES) {
      giveUp(item, "its document still carries the run, but does not match it");
      return List.of();
    }
    return List.of(new Item(item.running, item.prepared, item.tries + 1));
  }

  private void giveUp(Item item, String why) {
    log.error(
        "job {} stays 'started' although its run is over: its outcome '{}' cannot be stored, {}."
            + " Repair its document, and cancel or requeue it while it is 'started'.",
        item.id(),
        item.end().transition().to().text(),
        why);
    events.refused(item.running.job());
    runs.abandon(item.running);
    logs.end(item.running);
  }

  /** Looks up which of these are stored and which are lost; answers those that are neither. */
  private List<Item> sortedOut(List<Item> unclear) {
    Map<JobId, RunState> states = store.states(unclear.stream().map(Item::id).toList());
    List<Item> again = new ArrayList<>();
    List<Item> stored = new ArrayList<>();
    for (Item item : unclear) {
      RunState state = states.get(item.id());
      if (state != null && state.isRunOf(item.running.claim())) {
        again.add(item);
      } else if (state != null && state.holds(item.end())) {
        stored.add(item);
      } else {
        lost(item, state != null && state.status() == JobStatus.CANCEL);
      }
    }
    stored(stored);
    return again;
  }

  private void lost(Item item, boolean cancelled) {
    String outcome = item.end().transition().to().text();
    if (cancelled) {
      log.info("job {} was cancelled; its outcome '{}' is dropped", item.id(), outcome);
    } else {
      log.warn(
          "job {}: its outcome '{}' was refused, since another has the job now",
          item.id(),
          outcome);
      events.refused(item.running.job());
    }
    forget(item.running);
  }

  private void stored(List<Item> items) {
    items.forEach(item -> committed.tell(item.running.job(), item.end()));
    committed.goOn(items.stream().map(Item::end).toList());
    // Only now: a worker that stops waits until its running set is empty, and then stops this
    // thread.
    items.forEach(item -> forget(item.running));
  }

  private void forget(RunningJob running) {
    runs.remove(running);
    logs.end(running);
  }
}
