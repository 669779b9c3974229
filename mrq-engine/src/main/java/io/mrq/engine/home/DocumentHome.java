package io.mrq.engine.home;

import io.mrq.job.Completion;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.store.CompletionReply;
import io.mrq.store.JobStore;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The home of runs that are documents of the job store: each write is fenced by the run. */
public final class DocumentHome implements RunHome {
  private final JobStore store;

  public DocumentHome(JobStore store) {
    this.store = store;
  }

  @Override
  public PreparedCompletion prepare(Completion completion) {
    return store.prepare(completion);
  }

  @Override
  public CompletionReply complete(List<PreparedCompletion> completions) {
    return store.complete(completions);
  }

  @Override
  public Map<Run, Fate> fates(Collection<Completion> unsure) {
    Map<JobId, RunState> states =
        store.states(unsure.stream().map(completion -> completion.run().job()).toList());
    Map<Run, Fate> fates = new HashMap<>();
    unsure.forEach(completion ->
        fates.put(completion.run(), fate(completion, states.get(completion.run().job()))));
    return fates;
  }

  private static Fate fate(Completion completion, @Nullable RunState state) {
    if (state == null) {
      return Fate.TAKEN;
    }
    if (state.isRunOf(completion.run().claim())) {
      return Fate.OPEN;
    }
    if (state.holds(completion)) {
      return Fate.STORED;
    }
    return state.status() == JobStatus.CANCEL ? Fate.CANCELLED : Fate.TAKEN;
  }

  @Override
  public Set<Run> cancelled(Collection<Run> gone) {
    Map<JobId, RunState> states = store.states(gone.stream().map(Run::job).toList());
    Set<Run> cancelled = new HashSet<>();
    for (Run run : gone) {
      RunState state = states.get(run.job());
      if (state != null && state.status() == JobStatus.CANCEL) {
        cancelled.add(run);
      }
    }
    return cancelled;
  }

  @Override
  public List<Run> progress(Map<Run, Double> ratios) {
    return store.progress(ratios);
  }

  @Override
  public List<ReadyJob> resume(Collection<Run> runs, Instant now) {
    return store.resume(runs, now);
  }

  @Override
  public List<Run> runsOf(WorkerId worker) {
    return store.runsOf(worker);
  }

  @Override
  public boolean stopsMissingRuns() {
    return true;
  }

  @Override
  public List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now) {
    return store.returnUnknown(runs, now);
  }

  @Override
  public List<ReadyJob> giveBack(Collection<Run> runs, Instant now) {
    return store.giveBack(runs, now);
  }
}
