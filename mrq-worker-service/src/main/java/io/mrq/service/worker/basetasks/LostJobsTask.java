package io.mrq.service.worker.basetasks;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.engine.recovery.DispatchReconciler;
import io.mrq.recovery.RecoveryStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Offers queued jobs that the dispatch index lacks, as the maintenance does every two seconds. The
 * param {@code max_queue_items} of Python MRQ has no meaning: a queue may be as long as it is.
 */
@MrqTask(
    value = "mrq.basetasks.cleaning.RequeueLostJobs",
    retryOn = StoreUnavailableException.class)
final class LostJobsTask extends Task<Map<String, @Nullable Object>, Map<String, Object>> {
  private final RecoveryStore recovery;
  private final DispatchIndex index;

  LostJobsTask(RecoveryStore recovery, DispatchIndex index) {
    this.recovery = recovery;
    this.index = index;
  }

  @Override
  public Map<String, Object> run(Map<String, @Nullable Object> params) {
    if (!index.isAvailable()) {
      return Answers.requeued(
          "fetched",
          0,
          0,
          "Redis does not answer. Workers take jobs straight from MongoDB meanwhile, so none is lost.");
    }
    AtomicLong offered = new AtomicLong();
    DispatchReconciler reconciler =
        new DispatchReconciler(
            recovery,
            index,
            event -> {
              if (event instanceof MaintenanceEvent.Reoffered(long jobs)) {
                offered.addAndGet(jobs);
              }
            });
    boolean more = true;
    while (more && !isStopped()) {
      more = reconciler.pass().equals(Duration.ZERO);
    }
    return Answers.requeued("fetched", offered.get(), offered.get(), null);
  }

  private static boolean isStopped() {
    return JobContext.current().map(JobContext::stopRequested).orElse(false);
  }
}
