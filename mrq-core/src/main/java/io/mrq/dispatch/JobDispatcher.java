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
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers jobs to the {@link DispatchIndex} without ever failing its caller: an offer that does not
 * arrive is counted and forgotten, since the reconciler finds the job in the store.
 */
public final class JobDispatcher {
  private static final Logger log = LoggerFactory.getLogger(JobDispatcher.class);
  private static final int MAX_WAITING = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final DispatchIndex index;
  private final LongAdder lost = new LongAdder();
  private final BatchSender<ReadyJob> sender;

  /** Offers in the thread that asks for it, which waits for the index. */
  public JobDispatcher(DispatchIndex index) {
    this(index, Runnable::run);
  }

  /**
   * Offers jobs in another thread, so that nobody who stores a job waits for the index.
   *
   * @param executor runs the sending, such as {@code Thread::startVirtualThread}
   */
  public JobDispatcher(DispatchIndex index, Executor executor) {
    this.index = index;
    this.sender = new BatchSender<>(executor, MAX_WAITING, this::send);
  }

  /** Offers each job on its queue, and wakes as many workers as there are jobs. */
  public void offer(Collection<ReadyJob> jobs) {
    lost.add(sender.add(jobs));
  }

  /** Waits a moment until what was offered is sent. */
  public void flush() {
    sender.flush(PATIENCE);
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
      lost.add(jobs.size());
      log.debug(
          "{} jobs of queue {} not offered, the reconciler will: {}",
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
      log.debug("wake-up for queue {} not passed on: {}", queue, e.getMessage());
    }
  }

  /** Takes ids out of a queue's ready set; without it they would be taken in vain once. */
  public void drop(String queue, Collection<JobId> ids) {
    try {
      index.drop(queue, ids);
    } catch (DispatchUnavailableException e) {
      log.debug("{} jobs of queue {} not dropped: {}", ids.size(), queue, e.getMessage());
    }
  }

  /** How many jobs could not be offered since the start. */
  public long lost() {
    return lost.sum();
  }
}
