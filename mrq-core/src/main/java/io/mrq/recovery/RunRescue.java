package io.mrq.recovery;

import io.mrq.job.Claim;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Puts the runs of lost workers back, for one place that keeps runs. The {@link RecoveryStore} does
 * it for runs that are documents.
 *
 * <p>Every method may throw {@link StoreUnavailableException}; the call may then be repeated as it
 * was. One that throws {@link StoreRefusedException} would be refused again.
 */
public interface RunRescue {
  /** Workers that have runs here. */
  Set<WorkerId> workersWithRuns();

  /**
   * Which of these workers, that have no worker document, have a run that can be judged without
   * one: a run of ours, which has a {@linkplain Claim#isGenuine() claim of its worker}, or any that
   * began before this moment.
   */
  Set<WorkerId> abandoned(Collection<WorkerId> workers, Instant startedBefore);

  /**
   * Takes the jobs of a lost worker from it: those with {@code crashes ≥ crashLimit − 1} fail, the
   * others are queued again in their old order; each counts one crash and keeps a line of history.
   *
   * @param crashLimit a job fails when its worker is lost for the Nth time; 0: never
   */
  RecoveryStore.Rescue rescue(WorkerId worker, int crashLimit, Instant now);
}
