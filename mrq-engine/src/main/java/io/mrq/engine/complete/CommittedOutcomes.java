package io.mrq.engine.complete;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.RetryReason;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.RunHome;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what follows when outcomes are stored: tells listeners, and offers jobs that run again. None
 * of this can undo an outcome; what fails here is done later by a maintenance duty.
 */
final class CommittedOutcomes {
  private static final Logger log = LoggerFactory.getLogger(CommittedOutcomes.class);

  private final RunHome home;
  private final JobDispatcher dispatcher;
  private final WorkerEvents events;
  private final InstantSource clock;

  CommittedOutcomes(
      RunHome home, JobDispatcher dispatcher, WorkerEvents events, InstantSource clock) {
    this.home = home;
    this.dispatcher = dispatcher;
    this.events = events;
    this.clock = clock;
  }

  void tell(Job job, Completion end) {
    events.on(new WorkerEvent.Finished(job, end.transition().to(), end.totaltime()));
    if (end.next() != null) {
      events.on(new WorkerEvent.Retried(job, reason(end)));
    }
  }

  private static RetryReason reason(Completion end) {
    Failure failure = end.failure();
    if (failure == null) {
      return RetryReason.SUSPECT;
    }
    return failure.originalTraceback() == null ? RetryReason.ASKED : RetryReason.EXCEPTION;
  }

  /** Offers jobs that are queued again, and puts back those that a stop has interrupted. */
  void requeue(List<Completion> ends) {
    List<ReadyJob> ready = new ArrayList<>();
    List<Run> interrupted = new ArrayList<>();
    for (Completion end : ends) {
      ReadyJob next = end.ready();
      if (next != null) {
        ready.add(next);
      }
      if (end.transition().to() == JobStatus.INTERRUPT) {
        interrupted.add(end.run());
      }
    }
    try {
      if (!interrupted.isEmpty()) {
        ready.addAll(home.resume(interrupted, clock.instant()));
      }
      if (!ready.isEmpty()) {
        dispatcher.offer(ready);
      }
    } catch (RuntimeException e) {
      log.debug(
          "jobs that are queued again could not be offered; a maintenance duty will do it: {}",
          e.getMessage());
    }
  }
}
