package io.mrq.recovery;

import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.stats.QueueCount;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the maintenance duties ask of the jobs. A method with a {@code limit} deals with at most
 * that many; a duty that got as many calls it again.
 *
 * <p>Every method may throw {@link StoreUnavailableException}: the call may then be repeated as it
 * was. A call that throws {@link StoreRefusedException} would be refused again.
 */
public interface RecoveryStore extends RunRescue {
  /**
   * Queues jobs in {@code retry} that are due; returns the jobs that are, or may be, queued now.
   */
  List<ReadyJob> requeueDue(Instant now, int limit);

  /** When the first of the jobs in {@code retry} is due; nothing when there is none. */
  Optional<Instant> nextDue();

  /** Queues jobs in {@code interrupt}; returns the jobs that are, or may be, queued now. */
  List<ReadyJob> requeueInterrupted(Instant now, int limit);

  /** The queues that have queued jobs. */
  Set<String> queuesWithJobs();

  /**
   * Gives an order to queued jobs that have none, since Python enqueued them.
   *
   * @return how many jobs got one
   */
  int adopt(String queue, int limit);

  /** The first queued jobs of a queue, by order. */
  QueueHead head(String queue, int limit);

  /**
   * Gives queued jobs the order that they should have. A job that has a later order by now keeps
   * it.
   *
   * @param outOfPlace see {@link QueueHead}
   */
  void reorder(Collection<ReadyJob> outOfPlace);

  /**
   * Queued jobs of a queue, by order.
   *
   * @param after only jobs that follow this place; null: from the head
   */
  List<ReadyJob> inOrder(String queue, @Nullable ReadyJob after, int limit);

  /** Which of these jobs are queued. */
  Set<JobId> stillQueued(Collection<JobId> ids);

  /**
   * Removes {@code dateexpires} from unfinished jobs that would expire before a moment, since a
   * store deletes documents by this field whatever their status.
   *
   * @return how many jobs were kept
   */
  long keepUnfinished(Instant before, int limit);

  /** Deletes documents of ended jobs whose {@code dateexpires} has passed; returns how many. */
  long deleteExpired(Instant now, int limit);

  /**
   * Counts the unfinished jobs of each queue by status, with the date of the oldest queued one.
   * Very many are counted up to a limit only; see {@link QueueCount#atLeast}.
   */
  List<QueueCount> count();

  /**
   * The first jobs of a queue.
   *
   * @param jobs in their stored order
   * @param outOfPlace those of them whose order is older than {@code datequeued}, since Python
   *     requeued them and left the order as it was; with the order that they should have
   */
  record QueueHead(List<ReadyJob> jobs, List<ReadyJob> outOfPlace) {}

  /**
   * What became of the jobs of a lost worker.
   *
   * @param requeued the jobs that are queued again
   * @param crashes all jobs that the worker ran, for metrics
   */
  record Rescue(List<ReadyJob> requeued, List<Crash> crashes) {
    /** How many jobs reached the crash limit. */
    public long failed() {
      return crashes.stream().filter(Crash::failed).count();
    }
  }

  /**
   * A job whose worker was lost.
   *
   * @param queue of the job
   * @param path the task
   * @param failed whether the job reached the crash limit
   */
  record Crash(String queue, String path, boolean failed) {}
}
