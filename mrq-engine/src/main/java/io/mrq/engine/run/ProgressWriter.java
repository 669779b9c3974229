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
 * that its home does not know any more is revoked.
 */
public final class ProgressWriter {
  private final RunHome home;
  private final RunningJobs runs;
  private final RunRevoker revoker;
  private final Duration period;

  private record Progress(RunningJob running, double ratio) {}

  public ProgressWriter(RunHome home, RunningJobs runs, RunRevoker revoker, Duration period) {
    this.home = home;
    this.runs = runs;
    this.revoker = revoker;
    this.period = period;
  }

  public Duration step() {
    List<Progress> changed = new ArrayList<>();
    for (RunningJob running : runs.of(home)) {
      Double ratio = running.progressToStore();
      if (ratio != null) {
        changed.add(new Progress(running, ratio));
      }
    }
    if (!changed.isEmpty()) {
      store(changed);
    }
    return period;
  }

  private void store(List<Progress> changed) {
    Map<Run, Double> ratios = new LinkedHashMap<>();
    changed.forEach(one -> ratios.put(one.running.run(), one.ratio));
    Set<Run> gone = new HashSet<>(home.progress(ratios));
    changed.forEach(one -> one.running.progressStored(one.ratio));
    revoker.stopGone(
        home,
        changed.stream().map(Progress::running).filter(run -> gone.contains(run.run())).toList());
  }
}
