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

/**
 * The truth about jobs, as the hot path and the worker need it: enqueue, claim, complete (protocol
 * §4, §5). Every change of status is one conditional write that names the expected status, majority
 * and journaled; the number of documents that it matched is the answer.
 *
 * <p>Every method may throw {@link StoreUnavailableException}; the call may then be repeated as it
 * was. One that throws {@link StoreRefusedException} would be refused again.
 */
public interface JobStore {
  /**
   * Stores new jobs. An id that is already there counts as stored by an earlier try.
   *
   * @throws NotStorableException when one of them can never be stored; others may have been
   */
  void insert(Collection<NewJob> jobs);

  /**
   * Takes new jobs back that were never claimed, to keep "all or nothing" after an insert that
   * failed half way.
   *
   * @return how many were deleted
   */
  long withdraw(Collection<JobId> ids);

  /**
   * Claims those of the ids that are {@code queued} in this queue (protocol §5 step 2).
   *
   * @return how many it matched; on a repeated call this leaves out those that the first one won,
   *     so only {@link #claimed} tells who was won
   */
  long claim(Claim claim, String queue, Collection<JobId> ids, Instant now);

  /** Loads the jobs that this claim holds (step 3). Only these may run. */
  List<Job> claimed(Claim claim, Collection<JobId> ids);

  /**
   * The first queued jobs of these queues by order, for claims without a dispatch index.
   *
   * @param limit at most this many
   */
  List<ReadyJob> queued(Collection<String> queues, int limit);

  /**
   * Encodes the end of a run, in the thread of the job and before any write.
   *
   * @throws NotStorableException when the document could never be stored (BUG-36)
   */
  PreparedCompletion prepare(Completion completion);

  /** Writes many ends at once, each fenced by its run. */
  CompletionReply complete(List<PreparedCompletion> completions);

  /**
   * Writes how far runs have come, each fenced by its run; less durable than other writes, since
   * the next one tells it again (protocol §5).
   *
   * @param ratios 0 … 1 for each run
   * @return those whose run is not the stored one any more: another has the job, or somebody
   *     cancelled it
   */
  List<Run> progress(Map<Run, Double> ratios);

  /**
   * What is stored now about these jobs: learns what became of an unclear write. Absent jobs are
   * left out.
   */
  Map<JobId, RunState> states(Collection<JobId> ids);

  /** Puts interrupted runs back into their queues, keeping their order (protocol §5, shutdown). */
  List<ReadyJob> resume(Collection<Run> runs, Instant now);

  /** What the store says that this worker runs (audit, protocol §6). */
  List<Run> runsOf(WorkerId worker);

  /**
   * Puts runs back into their queues that their worker does not know: no retry, no crash (audit).
   *
   * @return what is queued again
   */
  List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now);
}
