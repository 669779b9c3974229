package io.mrq.engine.run;

import io.mrq.engine.home.RunHome;
import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Run;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The local running set, and the claims on their way. */
public final class RunningJobs {
  private final Map<Run, RunningJob> runs = new ConcurrentHashMap<>();
  private final Set<Run> abandoned = ConcurrentHashMap.newKeySet();
  private final Set<ClaimToken> claims = ConcurrentHashMap.newKeySet();

  public void claimBegins(Claim claim) {
    claims.add(claim.token());
  }

  /**
   * Called after everything that the claim won is in the set, so that an audit never sees it in
   * neither.
   */
  public void claimEnds(Claim claim) {
    claims.remove(claim.token());
  }

  public boolean isClaiming(ClaimToken token) {
    return claims.contains(token);
  }

  public void add(RunningJob running) {
    runs.put(running.run(), running);
  }

  public void remove(RunningJob running) {
    runs.remove(running.run());
  }

  /** Takes it out, and remembers that its outcome cannot be stored: no other may take it over. */
  public void abandon(RunningJob running) {
    abandoned.add(running.run());
    remove(running);
  }

  /** Whether this worker runs it, or has given its outcome up. */
  public boolean knows(Run run) {
    return runs.containsKey(run) || abandoned.contains(run);
  }

  public Collection<RunningJob> all() {
    return List.copyOf(runs.values());
  }

  /** The runs that this home keeps. */
  public List<RunningJob> of(RunHome home) {
    return runs.values().stream().filter(running -> running.home().equals(home)).toList();
  }

  public boolean isEmpty() {
    return runs.isEmpty() && claims.isEmpty();
  }

  public int size() {
    return runs.size();
  }
}
