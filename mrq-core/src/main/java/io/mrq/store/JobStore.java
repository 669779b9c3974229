package io.mrq.store;

import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores jobs, and answers what the path of a job asks: enqueue, claim, complete. The store is the
 * only truth about jobs. Every change of status is one conditional write that names the expected
 * status, and is acknowledged by a majority that has it on disk; how many documents it matched is
 * the answer.
 *
 * <p>Every method may throw {@link StoreUnavailableException}: whether the call was carried out is
 * then unknown, and it may be repeated as it was. A call that throws {@link StoreRefusedException}
 * would be refused again. An empty collection of jobs, runs or queues costs no round trip.
 */
public interface JobStore {
  /**
   * Stores new jobs. A job whose id is taken counts as stored by an earlier try, and stays as it
   * is.
   *
   * @throws NotStorableException when one of them can never be stored; others may be stored then
   */
  void insert(Collection<NewJob> jobs);

  /**
   * Deletes those of these new jobs that were never claimed, so that an insert of many that failed
   * half way leaves none.
   *
   * @return how many were deleted
   */
  long withdraw(Collection<JobId> ids);

  /**
   * Claims those of these jobs that are {@code queued} in a queue: they become {@code started}, and
   * count one more attempt.
   *
   * @param claim names the worker, and a token that is used for this call alone
   * @return how many jobs were claimed. A repeated call does not count those that the first one has
   *     claimed, so only {@link #claimed} tells for sure
   */
  long claim(Claim claim, String queue, Collection<JobId> ids, Instant now);

  /**
   * Claims one job as {@link #claim(Claim, String, Collection, Instant)} does, and loads it in the
   * same round trip.
   *
   * @return the job as this claim holds it; empty if the call did not win it. A repeated call is
   *     empty, too, if the first one has won it
   */
  Optional<Job> claim(Claim claim, String queue, JobId id, Instant now);

  /** Loads those of these jobs that a claim holds. Only these may run. */
  List<Job> claimed(Claim claim, Collection<JobId> ids);

  /**
   * The first queued jobs of these queues together, by order, for claims without a dispatch index.
   *
   * @param limit how many at most
   */
  List<ReadyJob> queued(Collection<String> queues, int limit);

  /**
   * Encodes a completion, in the thread of the job and before any write. Changes of the result
   * after this call have no effect. Costs no round trip.
   *
   * @throws NotStorableException when the completion could never be stored
   */
  PreparedCompletion prepare(Completion completion);

  /**
   * Stores many completions at once, each only if its run is still the stored one.
   *
   * @param completions from {@link #prepare} of this store
   * @throws IllegalArgumentException when another store has prepared one of them
   */
  CompletionReply complete(List<PreparedCompletion> completions);

  /**
   * Stores the progress of runs, each only if its run is still the stored one. This write is less
   * durable than others, since the next one tells the progress again.
   *
   * @param ratios 0 … 1 for each run
   * @return the runs that are not the stored ones any more: another worker has the job, or somebody
   *     cancelled it
   */
  List<Run> progress(Map<Run, Double> ratios);

  /**
   * Who runs these jobs, as it is stored now; tells what became of a write whose answer was lost. A
   * job that is gone is left out.
   */
  Map<JobId, RunState> states(Collection<JobId> ids);

  /**
   * Puts interrupted jobs back into their queues, at their old places, when a worker stops.
   *
   * @param runs what the worker ran; one whose job has another status or claim is left alone
   * @return the jobs that are queued again
   */
  List<ReadyJob> resume(Collection<Run> runs, Instant now);

  /** The runs that a worker has, as it is stored; the worker compares them with its own. */
  List<Run> runsOf(WorkerId worker);

  /**
   * Puts jobs back into their queues whose run their worker does not know of. This costs neither a
   * retry nor a crash.
   *
   * @param runs one that is not the stored run any more is left alone
   * @return the jobs that are queued again
   */
  List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now);

  /**
   * Puts claimed jobs back into their queues, at their old places, whose runs have not begun and
   * will not begin. Their claim counts as no attempt, but {@code worker} and {@code datestarted}
   * still tell of it.
   *
   * @param runs one that is not the stored run any more is left alone, so a repeated call changes
   *     nothing more
   * @return those of the jobs that are queued now
   */
  List<ReadyJob> giveBack(Collection<Run> runs, Instant now);

  /**
   * Parks claimed jobs whose task their worker does not know: they are queued again at their old
   * places, where only workers find them that ask for the task. Their claim counts as no attempt.
   *
   * @param paths the path of each job; one whose stored run is not of this claim any more is left
   *     alone
   */
  void park(Claim claim, Map<JobId, String> paths, Instant now);
}
