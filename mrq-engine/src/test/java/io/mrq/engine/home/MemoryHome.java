package io.mrq.engine.home;

import io.mrq.job.Completion;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RecoveryStore;
import io.mrq.recovery.RunRescue;
import io.mrq.store.CompletionReply;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A home of runs that have no document: the entry in its map is the run. */
class MemoryHome implements RunHome, RunRescue {
  final Set<Run> flights = new HashSet<>();
  final Map<Run, Completion> outcomes = new HashMap<>();
  final Map<Run, Double> ratios = new HashMap<>();
  final List<Run> putBack = new ArrayList<>();
  boolean away;
  boolean losesReply;
  boolean mayForget;

  private record Prepared(Completion completion) implements PreparedCompletion {}

  private void call() {
    if (away) {
      throw new StoreUnavailableException("away", new RuntimeException("away"));
    }
  }

  @Override
  public PreparedCompletion prepare(Completion completion) {
    return new Prepared(completion);
  }

  @Override
  public CompletionReply complete(List<PreparedCompletion> completions) {
    call();
    int matched = 0;
    for (PreparedCompletion prepared : completions) {
      Completion completion = prepared.completion();
      if (flights.remove(completion.run())) {
        outcomes.put(completion.run(), completion);
        matched++;
      }
    }
    if (losesReply) {
      losesReply = false;
      throw new StoreUnavailableException("reply lost", new RuntimeException("reply lost"));
    }
    return new CompletionReply(matched, Map.of());
  }

  @Override
  public Map<Run, Fate> fates(Collection<Completion> unsure) {
    call();
    return unsure.stream()
        .collect(
            Collectors.toMap(
                Completion::run,
                completion ->
                    flights.contains(completion.run())
                        ? Fate.OPEN
                        : outcomes.containsKey(completion.run()) ? Fate.STORED : Fate.TAKEN));
  }

  @Override
  public Set<Run> cancelled(Collection<Run> gone) {
    return Set.of();
  }

  @Override
  public List<Run> progress(Map<Run, Double> told) {
    call();
    told.forEach((run, ratio) -> {
      if (flights.contains(run)) {
        ratios.put(run, ratio);
      }
    });
    return told.keySet().stream().filter(run -> !flights.contains(run)).toList();
  }

  @Override
  public List<ReadyJob> resume(Collection<Run> runs, Instant now) {
    putBack.addAll(runs);
    return List.of();
  }

  @Override
  public List<Run> runsOf(WorkerId worker) {
    call();
    return flights.stream().filter(run -> run.claim().worker().equals(worker)).toList();
  }

  @Override
  public boolean stopsMissingRuns() {
    return !mayForget;
  }

  @Override
  public List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now) {
    flights.removeAll(runs);
    putBack.addAll(runs);
    return List.of();
  }

  @Override
  public List<ReadyJob> giveBack(Collection<Run> runs, Instant now) {
    return returnUnknown(runs, now);
  }

  @Override
  public Set<WorkerId> workersWithRuns() {
    call();
    return flights.stream().map(run -> run.claim().worker()).collect(Collectors.toSet());
  }

  @Override
  public Set<WorkerId> abandoned(Collection<WorkerId> workers, Instant startedBefore) {
    return Set.copyOf(workers);
  }

  @Override
  public RecoveryStore.Rescue rescue(
      WorkerId worker, int crashLimit, TaskCatalog tasks, Instant now) {
    returnUnknown(runsOf(worker), now);
    return new RecoveryStore.Rescue(List.of(), List.of());
  }
}
