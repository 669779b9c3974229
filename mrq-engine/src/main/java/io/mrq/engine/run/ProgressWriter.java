package io.mrq.engine.run;

import io.mrq.engine.home.RunHome;
import io.mrq.job.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores the progress of the runs of one home: all that has changed, in one write a period. A run
 * that its home does not know any more was taken away, and is stopped.
 */
public final class ProgressWriter {
  private final RunHome home;
  private final RunningJobs runs;
  private final RunRevoker taken;
  private final Duration period;

  private record Told(RunningJob running, double ratio) {}

  public ProgressWriter(RunHome home, RunningJobs runs, RunRevoker taken, Duration period) {
    this.home = home;
    this.runs = runs;
    this.taken = taken;
    this.period = period;
  }

  public Duration step() {
    List<Told> told = new ArrayList<>();
    for (RunningJob running : runs.of(home)) {
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
    Set<Run> gone = new HashSet<>(home.progress(ratios));
    told.forEach(one -> one.running.progressStored(one.ratio));
    taken.stopGone(
        home, told.stream().map(Told::running).filter(run -> gone.contains(run.run())).toList());
  }
}
