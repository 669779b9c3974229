package io.mrq.engine.worker;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Run;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The local running set, and the claims on their way. */
final class RunningJobs {
  private final Map<Run, RunningJob> runs = new ConcurrentHashMap<>();
  private final Set<Run> abandoned = ConcurrentHashMap.newKeySet();
  private final Set<ClaimToken> claims = ConcurrentHashMap.newKeySet();

  void claimBegins(Claim claim) {
    claims.add(claim.token());
  }

  /**
   * Called after everything that the claim won is in the set, so that an audit never sees it in
   * neither.
   */
  void claimEnds(Claim claim) {
    claims.remove(claim.token());
  }

  boolean isClaiming(ClaimToken token) {
    return claims.contains(token);
  }

  void add(RunningJob running) {
    runs.put(running.run(), running);
  }

  void remove(RunningJob running) {
    runs.remove(running.run());
  }

  /** Takes it out, and remembers that its outcome cannot be stored: no other may take it over. */
  void abandon(RunningJob running) {
    abandoned.add(running.run());
    remove(running);
  }

  /** Whether this worker runs it, or has given its outcome up. */
  boolean knows(Run run) {
    return runs.containsKey(run) || abandoned.contains(run);
  }

  Collection<RunningJob> all() {
    return List.copyOf(runs.values());
  }

  boolean isEmpty() {
    return runs.isEmpty() && claims.isEmpty();
  }

  int size() {
    return runs.size();
  }
}
