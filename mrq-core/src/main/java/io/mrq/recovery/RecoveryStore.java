package io.mrq.recovery;

import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.stats.QueueCount;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The truth about jobs, as the maintenance duties need it. Each method is bounded by its {@code
 * limit}: a duty whose answer was full asks again.
 *
 * <p>Every method may throw {@link StoreUnavailableException}; the call may then be repeated as it
 * was. One that throws {@link StoreRefusedException} would be refused again.
 */
public interface RecoveryStore extends RunRescue {
  /** Queues {@code retry} jobs that are due; answers what is, or may be, queued now. */
  List<ReadyJob> requeueDue(Instant now, int limit);

  /** Queues {@code interrupt} jobs; answers what is, or may be, queued now. */
  List<ReadyJob> requeueInterrupted(Instant now, int limit);

  /** The queues that hold queued jobs. */
  Set<String> queuesWithJobs();

  /**
   * Gives an order to queued jobs that have none, written by Python.
   *
   * @return how many
   */
  int adopt(String queue, int limit);

  /** The first queued jobs of a queue in dispatch order. */
  QueueHead head(String queue, int limit);

  /**
   * Gives queued jobs the order that they should have.
   *
   * @param outOfPlace from {@link QueueHead}
   */
  void reorder(Collection<ReadyJob> outOfPlace);

  /**
   * Queued jobs of a queue in dispatch order.
   *
   * @param after only what sorts after this place; null: from the head
   */
  List<ReadyJob> inOrder(String queue, @Nullable ReadyJob after, int limit);

  /** Which of these are still queued. */
  Set<JobId> stillQueued(Collection<JobId> ids);

  /**
   * Takes {@code dateexpires} away from unfinished jobs that carry one before this moment: a store
   * that deletes by that field would delete them.
   *
   * @return how many
   */
  long keepUnfinished(Instant before, int limit);

  /** Deletes final documents whose {@code dateexpires} has passed; answers how many. */
  long deleteExpired(Instant now, int limit);

  /**
   * How many unfinished jobs each queue holds by status, and the date of its oldest queued one.
   * Where there are very many, they are counted up to a limit only.
   */
  List<QueueCount> count();

  /**
   * The answer of {@link #head}.
   *
   * @param jobs in their stored order
   * @param outOfPlace those of them whose order is older than {@code datequeued}, with the order
   *     that they should have: Python requeued them, and left the order as it was
   */
  record QueueHead(List<ReadyJob> jobs, List<ReadyJob> outOfPlace) {}

  /**
   * The answer of {@link #rescue}.
   *
   * @param requeued what is queued again
   * @param crashes every job that was rescued or failed, for metrics
   */
  record Rescue(List<ReadyJob> requeued, List<Crash> crashes) {
    /** How many reached the crash limit. */
    public long failed() {
      return crashes.stream().filter(Crash::failed).count();
    }
  }

  /**
   * A job whose worker was lost.
   *
   * @param queue of the job
   * @param path of its task
   * @param failed whether it reached the crash limit
   */
  record Crash(String queue, String path, boolean failed) {}
}
