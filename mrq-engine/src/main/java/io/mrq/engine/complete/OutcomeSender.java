package io.mrq.engine.complete;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.job.Run;
import io.mrq.store.CompletionReply;
import io.mrq.store.PreparedCompletion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends outcomes to the home of their runs, and finds out what became of them: stored, refused, not
 * wanted any more, or nothing yet. An outcome that the home refuses is replaced by a smaller one.
 */
final class OutcomeSender {
  private static final Logger log = LoggerFactory.getLogger(JobCompleter.class);

  /** How often an outcome is sent that is neither stored nor refused. */
  private static final int MAX_ATTEMPTS = 8;

  private final RunHome home;
  private final OutcomeEncoder encoder;
  private final CommittedOutcomes committed;
  private final RunningJobs runs;
  private final JobLogs logs;
  private final WorkerEvents events;
  private final LongSupplier nanos;

  OutcomeSender(
      RunHome home,
      OutcomeEncoder encoder,
      CommittedOutcomes committed,
      RunningJobs runs,
      JobLogs logs,
      WorkerEvents events,
      LongSupplier nanos) {
    this.home = home;
    this.encoder = encoder;
    this.committed = committed;
    this.runs = runs;
    this.logs = logs;
    this.events = events;
    this.nanos = nanos;
  }

  /** Sends a batch once; answers what must be sent again. */
  List<PendingOutcome> send(List<PendingOutcome> batch) throws InterruptedException {
    logs.storeBeforeOutcomes(batch.stream().map(outcome -> outcome.running().run()).toList());
    long begun = System.nanoTime();
    CompletionReply reply = home.complete(batch.stream().map(PendingOutcome::prepared).toList());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    events.on(new WorkerEvent.Committed(batch.size(), took));
    List<PendingOutcome> again = new ArrayList<>();
    List<PendingOutcome> sent = new ArrayList<>();
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
      stillOpen(sent).forEach(item -> again.addAll(unmatched(item)));
    }
    return again;
  }

  /** The next smaller outcome; none when there is none, and the run is abandoned. */
  List<PendingOutcome> refused(PendingOutcome item, String why) {
    PreparedCompletion instead = encoder.instead(item.running(), item.end(), why);
    if (instead == null) {
      abandon(item, "the store refuses every form of it: " + why);
      return List.of();
    }
    log.warn(
        "job {}: the store refused its outcome '{}', so a smaller outcome with the status '{}' is sent instead: {}",
        item.id(),
        item.end().transition().to().text(),
        instead.completion().transition().to().text(),
        why);
    return List.of(item.instead(instead));
  }

  private List<PendingOutcome> unmatched(PendingOutcome item) {
    if (item.unmatched() + 1 >= MAX_ATTEMPTS) {
      abandon(item, "its document still shows the run, but the write does not match it");
      return List.of();
    }
    return List.of(item.unmatchedOnceMore(nanos.getAsLong()));
  }

  private void abandon(PendingOutcome item, String why) {
    log.error(
        "job {} stays 'started' although its run is over: its outcome '{}' cannot be stored, {}."
            + " Repair its document, then cancel it with running=true or requeue it with force=true.",
        item.id(),
        item.end().transition().to().text(),
        why);
    events.on(new WorkerEvent.Refused(item.running().job()));
    runs.abandon(item.running());
    logs.end(item.running().run());
  }

  /** Looks up what became of these; answers those whose run is still open. */
  List<PendingOutcome> stillOpen(List<PendingOutcome> unclear) {
    Map<Run, RunHome.Fate> fates = home.fates(unclear.stream().map(PendingOutcome::end).toList());
    List<PendingOutcome> again = new ArrayList<>();
    List<PendingOutcome> stored = new ArrayList<>();
    for (PendingOutcome item : unclear) {
      switch (fates.getOrDefault(item.end().run(), RunHome.Fate.TAKEN)) {
        case OPEN -> again.add(item);
        case STORED -> stored.add(item);
        case CANCELLED -> lost(item, true);
        case TAKEN -> lost(item, false);
      }
    }
    stored(stored);
    return again;
  }

  private void lost(PendingOutcome item, boolean cancelled) {
    String outcome = item.end().transition().to().text();
    if (cancelled) {
      log.info("job {} was cancelled: its outcome '{}' is dropped", item.id(), outcome);
    } else {
      log.warn(
          "job {}: its outcome '{}' is dropped: another worker has the job now",
          item.id(),
          outcome);
      events.on(new WorkerEvent.Refused(item.running().job()));
    }
    forget(item.running());
  }

  private void stored(List<PendingOutcome> items) {
    items.forEach(item -> committed.tell(item.running().job(), item.end()));
    committed.requeue(items.stream().map(PendingOutcome::end).toList());
    // Only now: a worker that stops waits until the running set is empty, and then stops this
    // loop.
    items.forEach(item -> forget(item.running()));
  }

  /** Takes a run out of the running set: its outcome is stored, or is not wanted any more. */
  void forget(RunningJob running) {
    runs.remove(running);
    logs.end(running.run());
  }
}
