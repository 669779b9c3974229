package io.mrq.dispatch;

import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers jobs to the {@link DispatchIndex}, and never throws: an offer that does not arrive is
 * dropped, since the reconciler finds the job in the store and offers it again.
 */
public final class JobDispatcher {
  private static final Logger log = LoggerFactory.getLogger(JobDispatcher.class);

  /** About 10 MB: a bulk enqueue may run ahead of the index, and what is dropped is found late. */
  private static final int MAX_WAITING = 100_000;

  private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(1);

  private final DispatchIndex index;
  private final BatchSender<ReadyJob> sender;

  /** Offers jobs in the caller's thread, which waits for the index. */
  public JobDispatcher(DispatchIndex index) {
    this(index, Runnable::run);
  }

  /**
   * Offers jobs in another thread, so that the caller does not wait for the index.
   *
   * @param executor runs the sending, such as {@code Thread::startVirtualThread}
   */
  public JobDispatcher(DispatchIndex index, Executor executor) {
    this.index = index;
    this.sender = new BatchSender<>(executor, MAX_WAITING, this::send);
  }

  /** Offers each job on its queue, and wakes as many workers as there are jobs. */
  public void offer(Collection<ReadyJob> jobs) {
    int dropped = sender.add(jobs);
    if (dropped > 0) {
      log.debug(
          "{} jobs were not offered, because too many wait; the reconciler will offer them",
          dropped);
    }
  }

  /** Waits up to one second until all jobs that were offered have reached the index. */
  public void flush() {
    sender.flush(FLUSH_TIMEOUT);
  }

  private void send(List<ReadyJob> jobs) {
    Map<String, List<ReadyJob>> byQueue = new LinkedHashMap<>();
    jobs.forEach(job -> byQueue.computeIfAbsent(job.queue(), _ -> new ArrayList<>()).add(job));
    byQueue.forEach(this::offer);
  }

  private void offer(String queue, List<ReadyJob> jobs) {
    try {
      index.offer(queue, jobs, jobs.size());
    } catch (DispatchUnavailableException e) {
      log.debug(
          "{} jobs of queue {} were not offered; the reconciler will offer them: {}",
          jobs.size(),
          queue,
          e.getMessage());
    }
  }

  /** Passes a wake-up on to another worker that waits for the queue. */
  public void passOn(String queue) {
    try {
      index.offer(queue, List.of(), 1);
    } catch (DispatchUnavailableException e) {
      log.debug("a wake-up for queue {} was not passed on: {}", queue, e.getMessage());
    }
  }

  /** Removes ids from a queue's ready set, so that no worker takes them in vain. */
  public void drop(String queue, Collection<JobId> ids) {
    try {
      index.drop(queue, ids);
    } catch (DispatchUnavailableException e) {
      log.debug("{} ids of queue {} were not dropped: {}", ids.size(), queue, e.getMessage());
    }
  }
}
