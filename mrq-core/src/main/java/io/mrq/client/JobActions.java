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
 * Cancels and requeues single jobs. With the Spring Boot starter it is a bean; it may be used by
 * many threads. Each action is one conditional write, so it never overwrites what somebody else did
 * to the job meanwhile.
 *
 * <p>Every method throws {@link io.mrq.store.StoreUnavailableException} when the store does not
 * answer; then the action may or may not be done, and may be tried again.
 */
public final class JobActions {
  private final JobQueries queries;
  private final JobMoves moves;
  private final JobDispatcher dispatcher;
  private final TaskCatalog tasks;
  private final ActionEvents events;
  private final InstantSource clock;

  /**
   * Makes the actions. Applications of the Spring Boot starter get them as a bean.
   *
   * @param tasks tells how long a cancelled job is kept; may know no task
   * @param events hears of each action; what it throws is logged
   * @param clock the time of all workers and clients
   */
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
   * Cancels a job that waits: it becomes {@code cancel} and is not run.
   *
   * @param running whether to cancel the job also if it runs; its worker interrupts it within a few
   *     seconds
   * @return {@link ActionResult.NotAllowed} when the job has ended, or runs and {@code running} is
   *     false
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
   * Puts a job back into a queue, at its end, with none of its retries used.
   *
   * @param queue null: the queue in which the job was last
   * @param force whether to requeue the job also if it runs; then it may run twice at the same time
   * @return {@link ActionResult.NotAllowed} when the job is queued already, or runs and {@code
   *     force} is false
   * @throws io.mrq.job.InvalidJobException when the name of the queue is not legal
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
