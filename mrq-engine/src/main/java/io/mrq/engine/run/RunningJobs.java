package io.mrq.engine.run;

import io.mrq.engine.home.RunHome;
import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Run;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The running set of this worker, and the claims that are on their way. */
public final class RunningJobs {
  private final Map<Run, RunningJob> runs = new ConcurrentHashMap<>();
  private final Set<Run> abandoned = ConcurrentHashMap.newKeySet();
  private final Set<ClaimToken> claims = ConcurrentHashMap.newKeySet();

  public void claimBegins(Claim claim) {
    claims.add(claim.token());
  }

  /**
   * Called when all jobs that the claim won are in the set. An audit therefore finds each of them
   * in the set or its claim on its way.
   */
  public void claimEnds(Claim claim) {
    claims.remove(claim.token());
  }

  /** From now on the audit takes no job for known that has not begun: a stop has cut its claim. */
  public void claimsAreCut() {
    claims.clear();
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

  /**
   * Takes the run out of the set and remembers that its outcome cannot be stored, so that the audit
   * does not put it back into its queue.
   */
  public void abandon(RunningJob running) {
    abandoned.add(running.run());
    remove(running);
  }

  /** Whether this worker has the run, or had to abandon its outcome. */
  public boolean knows(Run run) {
    return runs.containsKey(run) || abandoned.contains(run);
  }

  /** A view: runs that begin or end while it is walked through may be in it or not. */
  public Collection<RunningJob> all() {
    return Collections.unmodifiableCollection(runs.values());
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
