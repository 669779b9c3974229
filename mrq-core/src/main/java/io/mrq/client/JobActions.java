package io.mrq.client;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.TimeHorizon;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueueName;
import io.mrq.store.JobMoves;
import io.mrq.task.TaskCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves jobs by hand. Each move is one conditional write; what another did meanwhile is never
 * overwritten (BUG-02, BUG-30). Methods throw {@link io.mrq.store.StoreUnavailableException}.
 */
public final class JobActions {
  private final JobQueries queries;
  private final JobMoves moves;
  private final JobDispatcher dispatcher;
  private final TaskCatalog tasks;
  private final ActionEvents events;
  private final InstantSource clock;

  public JobActions(
      JobQueries queries,
      JobMoves moves,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      ActionEvents events,
      InstantSource clock) {
    this.queries = queries;
    this.moves = moves;
    this.dispatcher = dispatcher;
    this.tasks = tasks;
    this.events = ActionEvents.all(List.of(events));
    this.clock = clock;
  }

  /**
   * Cancels a waiting job (CAN-02).
   *
   * @param running also a running one: its worker interrupts it within a few seconds
   */
  public ActionResult cancel(JobId id, boolean running) {
    Optional<Job> found = queries.find(id);
    if (found.isEmpty()) {
      return new ActionResult.NotFound();
    }
    Job job = found.get();
    Set<JobStatus> from = JobTransition.CANCEL.from();
    if (running) {
      from.addAll(JobTransition.CANCEL_RUNNING.from());
    }
    Instant now = now();
    Instant expires =
        now.plus(
            TimeHorizon.within(
                job.ttl() == null ? tasks.settings(job.path()).retention().cancel() : job.ttl()));
    if (!moves.cancel(id, from, now, expires)) {
      return refused(id);
    }
    dispatcher.drop(job.queue(), List.of(id));
    events.cancelled(job);
    return new ActionResult.Moved(JobStatus.CANCEL);
  }

  /**
   * Puts a job back into a queue, at its tail, with all its retries before it (REQ-01, REQ-02).
   *
   * @param queue null: the queue that it was in
   * @param force also a running one, which then may run twice at once
   * @throws io.mrq.job.InvalidJobException for an illegal queue
   */
  public ActionResult requeue(JobId id, @Nullable String queue, boolean force) {
    Optional<Job> found = queries.find(id);
    if (found.isEmpty()) {
      return new ActionResult.NotFound();
    }
    Job job = found.get();
    String target = queue == null ? job.queue() : QueueName.checked(queue);
    Set<JobStatus> from = EnumSet.copyOf(JobTransition.REQUEUE.from());
    from.addAll(JobTransition.DUE.from());
    from.addAll(JobTransition.RESUME.from());
    if (force) {
      from.addAll(JobTransition.REQUEUE_RUNNING.from());
    }
    Instant now = now();
    ReadyJob to = new ReadyJob(id, target, JobOrder.of(now, job.priority()));
    if (!moves.requeue(to, from, now)) {
      return refused(id);
    }
    if (!target.equals(job.queue())) {
      dispatcher.drop(job.queue(), List.of(id));
    }
    dispatcher.offer(List.of(to));
    events.requeued(job);
    return new ActionResult.Moved(JobStatus.QUEUED);
  }

  private ActionResult refused(JobId id) {
    return queries
        .find(id)
        .<ActionResult>map(job -> new ActionResult.NotAllowed(job.status()))
        .orElseGet(ActionResult.NotFound::new);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
