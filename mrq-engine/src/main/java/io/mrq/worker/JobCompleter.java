package io.mrq.worker;

import io.mrq.dispatch.JobOffers;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.JobValues;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.loop.GrowingWait;
import io.mrq.store.CompletionReply;
import io.mrq.store.JobStore;
import io.mrq.store.NotStorableException;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.RunState;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the ends of runs, many at once (protocol §5): while one batch is on its way the next
 * gathers, and an idle committer waits at most 2 ms. An end that the store may or may not have is
 * looked up, and sent again or dropped; it is never forced in.
 */
final class JobCompleter {
  private static final Logger log = LoggerFactory.getLogger(JobCompleter.class);
  private static final int BATCH = 500;
  private static final long LINGER_NANOS = 2_000_000;
  private static final long IDLE_MILLIS = 200;

  private final JobStore store;
  private final JobOffers offers;
  private final RunningJobs runs;
  private final JobLogs logs;
  private final WorkerEvents events;
  private final InstantSource clock;
  private final int bound;
  private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger unstored = new AtomicInteger();
  private final GrowingWait wait = new GrowingWait();
  private List<Item> open = List.of();
  private boolean unclear;

  private record Item(RunningJob running, PreparedCompletion prepared) {}

  JobCompleter(
      JobStore store,
      JobOffers offers,
      RunningJobs runs,
      JobLogs logs,
      WorkerEvents events,
      InstantSource clock,
      int slots) {
    this.store = store;
    this.offers = offers;
    this.runs = runs;
    this.logs = logs;
    this.events = events;
    this.clock = clock;
    this.bound = Math.max(512, 2 * slots);
  }

  /** Whether so many ends are not stored yet that nothing more may be claimed. */
  boolean isFull() {
    return unstored.get() >= bound;
  }

  /** Takes the decided end of a run, once; encodes it in the caller's thread. */
  void submit(RunningJob running) {
    if (!running.submitOnce()) {
      return;
    }
    switch (Objects.requireNonNull(running.ending(), "an undecided run was submitted")) {
      case RunningJob.Ending.Stored(JobOutcome outcome) -> {
        unstored.incrementAndGet();
        waiting.add(prepared(running, outcome));
      }
      case RunningJob.Ending.Dropped(String why) -> {
        log.warn("job {}: outcome dropped, {}", running.job().id(), why);
        runs.remove(running);
        logs.end(running);
      }
    }
  }

  private Item prepared(RunningJob running, JobOutcome outcome) {
    Completion completion =
        Completion.of(
                running.job(),
                running.claim(),
                outcome,
                running.settings().retention(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .with(running.notes());
    try {
      JobValues.check(completion.result(), "result");
      return new Item(running, store.prepare(completion));
    } catch (InvalidJobException | NotStorableException e) {
      return failedInstead(running, completion, String.valueOf(e.getMessage()));
    }
  }

  private Item failedInstead(RunningJob running, Completion completion, String why) {
    Failure failure = Failure.of("ResultNotStorable", "the result cannot be stored: " + why);
    return new Item(
        running,
        store.prepare(
            completion.failedInstead(
                failure, running.settings().retention(), running.job().ttl())));
  }

  /**
   * One step of the committer's loop: sends a batch, or sends again what is still open of the last
   * one.
   */
  Duration step() throws InterruptedException {
    if (open.isEmpty()) {
      Item first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return Duration.ZERO;
      }
      open = gather(first);
    }
    try {
      if (unclear) {
        open = sortedOut(open);
        unclear = false;
      }
      if (!open.isEmpty()) {
        open = send(open);
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

  private List<Item> gather(Item first) throws InterruptedException {
    List<Item> batch = new ArrayList<>();
    batch.add(first);
    boolean idle = waiting.isEmpty();
    waiting.drainTo(batch, BATCH - 1);
    long end = System.nanoTime() + LINGER_NANOS;
    while (idle && batch.size() < BATCH) {
      Item next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    return batch;
  }

  /** Sends a batch once; answers what must be sent again. */
  private List<Item> send(List<Item> batch) {
    // Whoever sees the end finds the last lines too.
    logs.storeBeforeTheEnd(batch.stream().map(Item::running).toList());
    long begun = System.nanoTime();
    CompletionReply reply = store.complete(batch.stream().map(Item::prepared).toList());
    events.committed(batch.size(), Duration.ofNanos(System.nanoTime() - begun));
    List<Item> again = new ArrayList<>();
    List<Item> sent = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Item item = batch.get(i);
      String refusal = reply.refused().get(i);
      if (refusal == null) {
        sent.add(item);
      } else {
        again.add(failedInstead(item.running, item.prepared.completion(), refusal));
      }
    }
    if (reply.matched() >= sent.size()) {
      stored(sent);
    } else {
      again.addAll(sortedOut(sent));
    }
    return again;
  }

  /** Looks up which of these are stored and which are lost; answers those that are neither. */
  private List<Item> sortedOut(List<Item> unclear) {
    Map<JobId, RunState> states =
        store.states(unclear.stream().map(i -> i.running.job().id()).toList());
    List<Item> again = new ArrayList<>();
    List<Item> stored = new ArrayList<>();
    for (Item item : unclear) {
      RunState state = states.get(item.running.job().id());
      if (state == null || !state.isOf(item.running.claim())) {
        lost(item);
      } else if (state.status() == JobStatus.STARTED) {
        again.add(item);
      } else {
        stored.add(item);
      }
    }
    stored(stored);
    return again;
  }

  private void lost(Item item) {
    log.warn(
        "job {}: its outcome '{}' was refused, since another has the job now",
        item.running.job().id(),
        item.prepared.completion().transition().to().text());
    events.refused(item.running.job());
    forget(item.running);
  }

  private void stored(List<Item> items) {
    List<ReadyJob> ready = new ArrayList<>();
    List<Run> interrupted = new ArrayList<>();
    for (Item item : items) {
      Completion done = item.prepared.completion();
      events.finished(item.running.job(), done.transition().to(), done.totaltime());
      if (done.next() != null) {
        events.retried(item.running.job(), reason(done));
      }
      ReadyJob next = done.ready();
      if (next != null) {
        ready.add(next);
      }
      if (done.transition().to() == JobStatus.INTERRUPT) {
        interrupted.add(done.run());
      }
    }
    if (!interrupted.isEmpty()) {
      ready.addAll(resumed(interrupted));
    }
    if (!ready.isEmpty()) {
      offers.offer(ready);
    }
    // Only now: a worker that stops waits until its running set is empty, and then stops this
    // thread.
    items.forEach(item -> forget(item.running));
  }

  private static RetryReason reason(Completion done) {
    Failure failure = done.failure();
    if (failure == null) {
      return RetryReason.SUSPECT;
    }
    return failure.originalTraceback() == null ? RetryReason.ASKED : RetryReason.EXCEPTION;
  }

  private List<ReadyJob> resumed(List<Run> interrupted) {
    try {
      return store.resume(interrupted, clock.instant());
    } catch (StoreUnavailableException e) {
      log.debug("a duty will requeue {} interrupted jobs", interrupted.size());
      return List.of();
    }
  }

  private void forget(RunningJob running) {
    unstored.decrementAndGet();
    runs.remove(running);
    logs.end(running);
  }
}
