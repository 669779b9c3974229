package io.mrq.client;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.TraceContext;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores jobs, and tells the dispatch index and those who watch. */
final class JobSender {
  private static final Logger log = LoggerFactory.getLogger(JobSender.class);

  private final JobStore store;
  private final JobDispatcher dispatcher;
  private final EnqueueEvents events;
  private final SendTracing tracing;
  private final InsertGroup group;

  JobSender(JobStore store, JobDispatcher dispatcher, EnqueueEvents events, SendTracing tracing) {
    this.store = store;
    this.dispatcher = dispatcher;
    this.events = events;
    this.tracing = new GuardedSendTracing(tracing);
    this.group = new InsertGroup(store);
  }

  /** Stores one job, in one insert with others that arrive at the same time. */
  void send(NewJob job) {
    send(List.of(job), traced -> group.insert(traced.getFirst()), events::enqueued);
  }

  /** Stores all of these jobs or none. */
  void sendAll(List<NewJob> jobs) {
    send(jobs, this::insertAllOrNone, events::enqueued);
  }

  /** Stores jobs that may be stored already; when it fails, some may be. */
  void sendAgain(List<NewJob> jobs) {
    send(jobs, store::insert, events::enqueued);
  }

  /** Stores jobs of slots of schedules, as {@link #sendAgain} does. */
  void sendSlots(List<NewJob> jobs) {
    send(jobs, store::insert, events::scheduled);
  }

  private void send(List<NewJob> drafts, Consumer<List<NewJob>> insert, Consumer<NewJob> event) {
    try (SendTracing.Sending sending = tracing.begin(drafts)) {
      TraceContext context = sending.context();
      List<NewJob> jobs = drafts.stream().map(job -> job.withTrace(context)).toList();
      try {
        insert.accept(jobs);
      } catch (RuntimeException e) {
        sending.failed(e);
        throw e;
      }
      jobs.forEach(event);
      dispatcher.offer(
          jobs.stream()
              .filter(job -> job.status() == JobStatus.QUEUED)
              .map(NewJob::ready)
              .toList());
    }
  }

  private void insertAllOrNone(List<NewJob> jobs) {
    try {
      store.insert(jobs);
    } catch (RuntimeException e) {
      withdraw(jobs, e);
      throw e;
    }
  }

  private void withdraw(List<NewJob> jobs, RuntimeException cause) {
    try {
      long withdrawn = store.withdraw(jobs.stream().map(NewJob::id).toList());
      log.debug("{} of {} jobs withdrawn after a failed insert", withdrawn, jobs.size());
    } catch (StoreUnavailableException e) {
      cause.addSuppressed(e);
    }
  }
}
