package io.mrq.client;

import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.store.CompletionReply;
import io.mrq.store.JobStore;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A store whose inserts and withdrawals run what a test wants, before the real one does its work.
 */
final class ScriptedJobStore implements JobStore {
  private final JobStore real;
  private final List<Integer> inserts = new CopyOnWriteArrayList<>();
  private volatile Consumer<Collection<NewJob>> beforeInsert = _ -> {};
  private volatile Runnable beforeWithdraw = () -> {};

  ScriptedJobStore(JobStore real) {
    this.real = real;
  }

  void beforeInsert(Consumer<Collection<NewJob>> action) {
    beforeInsert = action;
  }

  void beforeWithdraw(Runnable action) {
    beforeWithdraw = action;
  }

  /** How many jobs each insert call was given. */
  List<Integer> inserts() {
    return inserts;
  }

  /** The store behind, to write to it from a script. */
  JobStore real() {
    return real;
  }

  @Override
  public void insert(Collection<NewJob> jobs) {
    inserts.add(jobs.size());
    beforeInsert.accept(jobs);
    real.insert(jobs);
  }

  @Override
  public long withdraw(Collection<JobId> ids) {
    beforeWithdraw.run();
    return real.withdraw(ids);
  }

  @Override
  public long claim(Claim claim, String queue, Collection<JobId> ids, Instant now) {
    return real.claim(claim, queue, ids, now);
  }

  @Override
  public Optional<Job> claim(Claim claim, String queue, JobId id, Instant now) {
    return real.claim(claim, queue, id, now);
  }

  @Override
  public List<Job> claimed(Claim claim, Collection<JobId> ids) {
    return real.claimed(claim, ids);
  }

  @Override
  public List<ReadyJob> queued(Collection<String> queues, int limit) {
    return real.queued(queues, limit);
  }

  @Override
  public PreparedCompletion prepare(Completion completion) {
    return real.prepare(completion);
  }

  @Override
  public CompletionReply complete(List<PreparedCompletion> completions) {
    return real.complete(completions);
  }

  @Override
  public List<Run> progress(Map<Run, Double> ratios) {
    return real.progress(ratios);
  }

  @Override
  public Map<JobId, RunState> states(Collection<JobId> ids) {
    return real.states(ids);
  }

  @Override
  public List<ReadyJob> resume(Collection<Run> runs, Instant now) {
    return real.resume(runs, now);
  }

  @Override
  public List<Run> runsOf(WorkerId worker) {
    return real.runsOf(worker);
  }

  @Override
  public List<ReadyJob> giveBack(Collection<Run> runs, Instant now) {
    return real.giveBack(runs, now);
  }

  @Override
  public void park(Claim claim, Map<JobId, String> paths, Instant now) {
    real.park(claim, paths, now);
  }

  @Override
  public List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now) {
    return real.returnUnknown(runs, now);
  }
}
