package io.mrq.engine.home;

import io.mrq.job.Completion;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.store.CompletionReply;
import io.mrq.store.NotStorableException;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The place that keeps runs while they go on and takes their outcomes. All steps after the claim
 * ask the home of a run, so a run need not be a document. Each method takes many runs of this home
 * and makes at most one round trip for them.
 *
 * <p>Methods may throw {@link StoreUnavailableException}; the call may then be repeated as it was.
 */
public interface RunHome {
  /** What became of a run whose outcome may or may not be stored. */
  enum Fate {
    /** The run goes on: its outcome is not stored, and can be sent again. */
    OPEN,
    /** The outcome is stored. */
    STORED,
    /** Somebody cancelled the job: the outcome is not wanted. */
    CANCELLED,
    /** Another worker has the job, or nobody knows it any more: the outcome is not wanted. */
    TAKEN
  }

  /**
   * Encodes a completion before it is written, without a round trip.
   *
   * @throws NotStorableException when it could never be stored
   */
  PreparedCompletion prepare(Completion completion);

  /** Stores outcomes, each only while its run goes on. */
  CompletionReply complete(List<PreparedCompletion> completions);

  /** Finds out which of these outcomes are stored; every run gets an answer. */
  Map<Run, Fate> fates(Collection<Completion> unsure);

  /** Which of these runs, that go on no more, ended because somebody cancelled their job. */
  Set<Run> cancelled(Collection<Run> gone);

  /**
   * Stores the progress of runs.
   *
   * @param ratios 0 … 1 for each run
   * @return the runs that this home does not know any more
   */
  List<Run> progress(Map<Run, Double> ratios);

  /**
   * Puts runs that a stop has interrupted back into their queues.
   *
   * @return what is to be offered; empty where the home dispatches by itself
   */
  List<ReadyJob> resume(Collection<Run> runs, Instant now);

  /** The runs that this worker has, as this home knows it. */
  List<Run> runsOf(WorkerId worker);

  /**
   * Whether a run that {@link #runsOf} leaves out was taken from its worker, so that it must be
   * stopped. False where the home may forget a run that is still good.
   */
  boolean stopsMissingRuns();

  /**
   * Puts runs that their worker does not know back into their queues; they count neither as a retry
   * nor as a crash.
   *
   * @return what is to be offered; empty where the home dispatches by itself
   */
  List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now);

  /**
   * Puts runs back into their queues that have not begun and will not begin; they do not even count
   * as an attempt.
   *
   * @return what is to be offered; empty where the home dispatches by itself
   */
  List<ReadyJob> giveBack(Collection<Run> runs, Instant now);
}
