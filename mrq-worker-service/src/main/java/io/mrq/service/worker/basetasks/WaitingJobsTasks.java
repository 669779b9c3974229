package io.mrq.service.worker.basetasks;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.ReadyJob;
import io.mrq.recovery.RecoveryStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.MrqTask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Requeues jobs that wait for a retry or were interrupted, by the same writes as the maintenance
 * duties: each job is queued by one of those who try.
 */
final class WaitingJobsTasks {
  private static final int LIMIT = 1000;

  private final RecoveryStore recovery;
  private final JobDispatcher dispatcher;
  private final InstantSource clock;

  WaitingJobsTasks(RecoveryStore recovery, JobDispatcher dispatcher, InstantSource clock) {
    this.recovery = recovery;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  @MrqTask(
      value = "mrq.basetasks.cleaning.RequeueRetryJobs",
      retryOn = StoreUnavailableException.class)
  Map<String, Object> requeueRetryJobs() {
    // A job that is retried again meanwhile is due later than this.
    Instant now = clock.instant();
    return requeueAll(limit -> recovery.requeueDue(now, limit));
  }

  @MrqTask(
      value = "mrq.basetasks.cleaning.RequeueInterruptedJobs",
      retryOn = StoreUnavailableException.class)
  Map<String, Object> requeueInterruptedJobs() {
    return requeueAll(limit -> recovery.requeueInterrupted(clock.instant(), limit));
  }

  private Map<String, Object> requeueAll(IntFunction<List<ReadyJob>> requeue) {
    long requeued = 0;
    List<ReadyJob> jobs;
    do {
      jobs = requeue.apply(LIMIT);
      dispatcher.offer(jobs);
      requeued += jobs.size();
    } while (jobs.size() >= LIMIT);
    return Answers.moved(requeued, 0, null);
  }
}
