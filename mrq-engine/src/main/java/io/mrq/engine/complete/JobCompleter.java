package io.mrq.engine.complete;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.loop.ExponentialBackOff;
import io.mrq.engine.run.OutcomeSink;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.job.Failure;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the outcomes of the runs of one home, in batches: while one batch is on its way the next
 * gathers, and an idle completer waits at most 2 ms for a batch to grow. An outcome that may or may
 * not be stored is looked up, and sent again or dropped; it is never forced. An outcome whose write
 * fails again and again is sent alone until it is stored, and holds up no other.
 */
public final class JobCompleter {
  private static final Logger log = LoggerFactory.getLogger(JobCompleter.class);
  private static final int MAX_BATCH = 500;
  private static final long LINGER_NANOS = 2_000_000;
  private static final long IDLE_MILLIS = 200;

  private final OutcomeEncoder encoder;
  private final OutcomeSender sender;
  private final int maxUnstored;
  private final LongSupplier nanos;
  private final BlockingQueue<PendingOutcome> waiting = new LinkedBlockingQueue<>();
  private final ExponentialBackOff backOff = new ExponentialBackOff();
  private final ExponentialBackOff aloneBackOff = new ExponentialBackOff();
  private volatile List<PendingOutcome> open = List.of();
  private volatile List<PendingOutcome> inDoubt = List.of();
  private long aloneAfter;

  public JobCompleter(
      RunHome home,
      JobDispatcher dispatcher,
      OutcomeEncoder encoder,
      RunningJobs runs,
      JobLogs logs,
      WorkerEvents events,
      InstantSource clock,
      LongSupplier nanos,
      int slots) {
    this.encoder = encoder;
    CommittedOutcomes committed = new CommittedOutcomes(home, dispatcher, events, clock);
    this.sender = new OutcomeSender(home, encoder, committed, runs, logs, events, nanos);
    this.nanos = nanos;
    this.aloneAfter = nanos.getAsLong();
    this.maxUnstored = Math.max(512, 2 * slots);
  }

  /**
   * Whether so many outcomes are not stored yet that nothing more may be claimed.
   *
   * @param held jobs that will have an outcome soon
   * @param mostHeld how many may be held at most
   */
  public boolean isFull(int held, int mostHeld) {
    return waiting.size() + open.size() + inDoubt.size() + held >= maxUnstored + mostHeld;
  }

  /** Takes the decided outcome of a run, see {@link OutcomeSink#submit}. */
  public void submit(RunningJob running) {
    RunningJob.Ending ending = running.ending();
    if (ending == null || !running.submitOnce()) {
      return;
    }
    try {
      switch (ending) {
        case RunningJob.Ending.ToStore stored -> {
          PreparedCompletion prepared = stored.prepared();
          waiting.add(
              PendingOutcome.of(
                  running,
                  prepared == null ? encoder.encode(running, stored.outcome()) : prepared,
                  nanos.getAsLong()));
        }
        case RunningJob.Ending.Dropped(String why) -> {
          log.warn("job {}: its outcome is dropped: {}", running.job().id(), why);
          sender.forget(running);
        }
      }
    } catch (Throwable e) {
      running.submitAgain();
      log.warn(
          "job {}: its outcome could not be submitted and will be submitted again: {}",
          running.job().id(),
          Failure.summary(e));
    }
  }

  /** One step of the completer's loop: sends a batch, and one of those that are sent alone. */
  public Duration step() throws InterruptedException {
    try {
      lookUp();
      gather();
      send(this::goesInBatch, MAX_BATCH);
      backOff.reset();
    } catch (StoreUnavailableException e) {
      if (!backOff.isFailing()) {
        log.warn(
            "{} outcomes cannot be stored now; this worker keeps them and sends them again until they are stored: {}",
            open.size() + inDoubt.size(),
            e.getMessage());
      }
      return backOff.next();
    }
    sendAlone();
    return Duration.ZERO;
  }

  private boolean goesInBatch(PendingOutcome outcome) {
    return !outcome.goesAlone() && outcome.isDue(nanos.getAsLong());
  }

  private boolean goesAloneNow(PendingOutcome outcome) {
    long now = nanos.getAsLong();
    return outcome.goesAlone() && outcome.isDue(now) && now - aloneAfter >= 0;
  }

  /** Gathers a batch. Waits for outcomes only while none is due. */
  private void gather() throws InterruptedException {
    List<PendingOutcome> gathered = new ArrayList<>(open);
    int room = MAX_BATCH - (int) open.stream().filter(this::goesInBatch).count();
    boolean idle = room == MAX_BATCH && open.stream().noneMatch(this::goesAloneNow);
    if (idle) {
      PendingOutcome first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return;
      }
      gathered.add(first);
      room--;
    }
    idle &= waiting.isEmpty();
    room -= waiting.drainTo(gathered, Math.max(0, room));
    if (idle && room > 0) {
      // Asleep, since outcomes that come one by one would wake this thread for each of them.
      TimeUnit.NANOSECONDS.sleep(LINGER_NANOS);
      waiting.drainTo(gathered, room);
    }
    open = gathered;
  }

  /** Finds out which outcomes of the last write that failed are stored. */
  private void lookUp() {
    if (inDoubt.isEmpty()) {
      return;
    }
    List<PendingOutcome> next = new ArrayList<>(open);
    // The store answers now, so one of these outcomes may be what makes their write fail.
    sender.stillOpen(inDoubt).forEach(outcome -> next.add(outcome.failedOnceMore()));
    open = next;
    inDoubt = List.of();
  }

  /** Sends one that goes alone, with growing pauses after failures; batches go on meanwhile. */
  private void sendAlone() throws InterruptedException {
    if (nanos.getAsLong() - aloneAfter < 0) {
      return;
    }
    try {
      send(this::goesAloneNow, 1);
      aloneBackOff.reset();
    } catch (StoreUnavailableException e) {
      if (!aloneBackOff.isFailing()) {
        log.warn(
            "job {}: its outcome cannot be stored although the store answers; it is sent alone"
                + " until it is stored: {}",
            inDoubt.getFirst().id(),
            e.getMessage());
      }
      aloneAfter = nanos.getAsLong() + aloneBackOff.next().toNanos();
    }
  }

  /** Sends the first of these outcomes; what must be sent again goes to the end. */
  private void send(Predicate<PendingOutcome> which, int limit) throws InterruptedException {
    List<PendingOutcome> batch = new ArrayList<>();
    List<PendingOutcome> rest = new ArrayList<>();
    for (PendingOutcome outcome : open) {
      (batch.size() < limit && which.test(outcome) ? batch : rest).add(outcome);
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      rest.addAll(sender.send(batch));
      open = rest;
    } catch (StoreUnavailableException e) {
      inDoubt = batch;
      open = rest;
      throw e;
    } catch (RuntimeException e) {
      log.warn(
          "a batch of {} outcomes could not be stored, and is sent again one by one: {}",
          batch.size(),
          Failure.trace(e));
      if (batch.size() > 1) {
        // One of them makes the whole write fail.
        batch.forEach(outcome -> rest.add(outcome.alone()));
      } else {
        rest.addAll(sender.refused(batch.getFirst(), Failure.summary(e)));
      }
      open = rest;
    }
  }
}
