package io.mrq.recovery;

import io.mrq.job.Claim;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskCatalog;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Puts back the runs of lost workers, for one place that keeps runs. {@link RecoveryStore} does so
 * for runs that are documents.
 *
 * <p>Every method may throw {@link StoreUnavailableException}: the call may then be repeated as it
 * was. A call that throws {@link StoreRefusedException} would be refused again.
 */
public interface RunRescue {
  /** The workers that have runs here. */
  Set<WorkerId> workersWithRuns();

  /**
   * Which of these workers, none of which has a worker document, have a run that can be judged
   * without one. That is a run whose {@linkplain Claim#isGenuine() claim is its worker's own}, as
   * MRQ for the JVM writes it, or one that began before a moment.
   */
  Set<WorkerId> abandoned(Collection<WorkerId> workers, Instant startedBefore);

  /**
   * Takes the runs of a lost worker away from it. Each job counts one more crash, with an entry in
   * its history. A job that reaches the crash limit fails, the others go back to their old places.
   *
   * @param crashLimit a job fails when its worker is lost for the Nth time; 0: never
   * @param tasks tells how long failed jobs are kept that do not say so themselves
   * @return what was rescued; a repeated call answers with the jobs of the first one as well
   */
  RecoveryStore.Rescue rescue(WorkerId worker, int crashLimit, TaskCatalog tasks, Instant now);

  /** Does the same, with the default retention for jobs of every task. */
  default RecoveryStore.Rescue rescue(WorkerId worker, int crashLimit, Instant now) {
    return rescue(worker, crashLimit, TaskCatalog.EMPTY, now);
  }
}
