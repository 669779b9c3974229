package io.mrq.await;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.store.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One caller that waits for a job to end, and what was last seen of the job. */
final class JobWait {
  private final JobId id;
  private final CompletableFuture<Job> ended = new CompletableFuture<>();
  private volatile @Nullable JobStatus status;
  private volatile @Nullable StoreUnavailableException trouble;

  JobWait(JobId id) {
    this.id = id;
  }

  JobId id() {
    return id;
  }

  /** Done as soon as nobody has to read for this caller any more; it may also cancel it. */
  CompletableFuture<Job> ended() {
    return ended;
  }

  /** The job has not ended. */
  void saw(JobStatus now) {
    status = now;
    trouble = null;
  }

  /** The store did not answer; the caller waits on. */
  void missed(StoreUnavailableException why) {
    trouble = why;
  }

  /** The status when the job was last seen; null: it was not seen yet. */
  @Nullable JobStatus status() {
    return status;
  }

  /** Why the last read told nothing; null: it was answered, or there was none yet. */
  @Nullable StoreUnavailableException trouble() {
    return trouble;
  }
}
