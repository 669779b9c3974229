package io.mrq.key;

import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Map;

/**
 * Idempotency keys, in {@code mrq_job_keys}: who comes first decides which job a key stands for.
 * Every method may throw {@link StoreUnavailableException}.
 */
public interface JobKeys {
  /**
   * Takes a key, or answers who has it. An expired key can be taken.
   *
   * @param key scope and hash of the key
   * @param job the id that the caller would use
   * @param body hash of the request, to tell the same one from another
   * @param expires when the key is forgotten
   * @return what is stored now: the caller's own job, or that of an earlier one
   */
  Holder take(String key, JobId job, String body, Instant now, Instant expires);

  /**
   * Notes that the jobs of these keys were stored. From then on a key stands for its job even when
   * that one has ended and was deleted. A key that stands for another job by now stays as it is.
   *
   * @param jobs what each key was taken for
   */
  void stored(Map<String, JobId> jobs);

  /** Deletes expired keys; answers how many. */
  long deleteExpired(Instant now, int limit);

  /**
   * Who has a key.
   *
   * @param job the job it stands for
   * @param body hash of the request that took it
   * @param stored whether the job is known to have been stored; false: it may have been
   */
  record Holder(JobId job, String body, boolean stored) {}
}
