package io.mrq.key;

import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Map;

/**
 * The port that stores idempotency keys: the first who takes a key decides which job it stands for.
 * Every method may throw {@link StoreUnavailableException}.
 */
public interface JobKeys {
  /**
   * Takes a key, or returns who has taken it before. An expired key can be taken again.
   *
   * @param key the stored form of the key, see {@link IdempotencyKey#stored()}
   * @param job the id that the job of the caller would have
   * @param body a hash of the request, which tells the same request from another one
   * @param expires when the key is forgotten
   * @return what is stored now: the job of the caller, or that of an earlier one
   */
  Holder take(String key, JobId job, String body, Instant now, Instant expires);

  /**
   * Notes that the jobs of these keys are stored. From then on a key stands for its job even when
   * the job has ended and was deleted. A key that stands for another job by now stays as it is.
   *
   * @param jobs the job that each key was taken for
   */
  void stored(Map<String, JobId> jobs);

  /** Deletes up to {@code limit} expired keys, and returns how many it deleted. */
  long deleteExpired(Instant now, int limit);

  /**
   * Who has taken a key.
   *
   * @param job the job for which the key stands
   * @param body the hash of the request that took it
   * @param stored whether it is noted that the job was stored; false: it may have been
   */
  record Holder(JobId job, String body, boolean stored) {}
}
