package io.mrq.engine.run;

import io.mrq.job.Run;
import io.mrq.store.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores how far runs have come, all that have changed in one write a period. A run that its fence
 * refuses was taken away, and is stopped (protocol §5, run).
 */
public final class ProgressWriter {
  private final JobStore store;
  private final RunningJobs runs;
  private final RunRevoker taken;
  private final Duration period;

  private record Told(RunningJob running, double ratio) {}

  public ProgressWriter(JobStore store, RunningJobs runs, RunRevoker taken, Duration period) {
    this.store = store;
    this.runs = runs;
    this.taken = taken;
    this.period = period;
  }

  public Duration step() {
    List<Told> told = new ArrayList<>();
    for (RunningJob running : runs.all()) {
      Double ratio = running.progressToStore();
      if (ratio != null) {
        told.add(new Told(running, ratio));
      }
    }
    if (!told.isEmpty()) {
      store(told);
    }
    return period;
  }

  private void store(List<Told> told) {
    Map<Run, Double> ratios = new LinkedHashMap<>();
    told.forEach(t -> ratios.put(t.running.run(), t.ratio));
    Set<Run> gone = new HashSet<>(store.progress(ratios));
    told.forEach(one -> one.running.progressStored(one.ratio));
    taken.stopGone(
        told.stream().map(Told::running).filter(run -> gone.contains(run.run())).toList());
  }
}
