package io.mrq.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job about to be stored for the first time; checked, with every default filled in.
 *
 * @param id chosen before the insert, so that the insert can be sent again
 * @param path names the task
 * @param params plain values
 * @param queue a legal regular queue
 * @param priority −1000 … 1000
 * @param datequeued now
 * @param dateretry when it becomes due; null: at once
 * @param timeout limit of one run; null: the task's; zero: none
 * @param maxRetries null: the task's
 * @param ttl how long it is kept after its end; null: as its task and status say
 * @param parent the job whose run enqueues it; null outside a job
 * @param trace W3C context of the caller; null when nobody traces
 */
public record NewJob(
    JobId id,
    String path,
    Map<String, @Nullable Object> params,
    String queue,
    int priority,
    Instant datequeued,
    @Nullable Instant dateretry,
    @Nullable Duration timeout,
    @Nullable Integer maxRetries,
    @Nullable Duration ttl,
    @Nullable JobId parent,
    @Nullable TraceContext trace) {

  /** Its place in the queue: by the date at which it may run. */
  public long order() {
    return JobOrder.of(dateretry == null ? datequeued : dateretry, priority);
  }

  /** {@code retry} when it is delayed, else {@code queued}. */
  public JobStatus status() {
    return transition().to();
  }

  /** Which row of the table stores it. */
  public JobTransition transition() {
    return dateretry == null ? JobTransition.ENQUEUE : JobTransition.ENQUEUE_DELAYED;
  }

  /** What the dispatch index is told of it. */
  public ReadyJob ready() {
    return new ReadyJob(id, queue, order());
  }

  /** The same job with this context; null: with none. */
  public NewJob withTrace(@Nullable TraceContext context) {
    return new NewJob(
        id,
        path,
        params,
        queue,
        priority,
        datequeued,
        dateretry,
        timeout,
        maxRetries,
        ttl,
        parent,
        context);
  }

  /** The same job under another id. */
  public NewJob withId(JobId other) {
    return new NewJob(
        other,
        path,
        params,
        queue,
        priority,
        datequeued,
        dateretry,
        timeout,
        maxRetries,
        ttl,
        parent,
        trace);
  }
}
