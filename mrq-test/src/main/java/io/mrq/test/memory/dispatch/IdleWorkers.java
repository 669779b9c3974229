package io.mrq.test.memory.dispatch;

import io.mrq.job.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The idle notes of one queue. The index guards it against concurrent use. */
final class IdleWorkers {
  /** How long an idle note is valid. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Map<WorkerId, Instant> since = new LinkedHashMap<>();

  void add(WorkerId worker, Instant now) {
    since.remove(worker);
    since.put(worker, now);
  }

  void remove(WorkerId worker) {
    since.remove(worker);
  }

  /** Removes up to a number of workers whose note is valid, those that wait longest first. */
  List<WorkerId> pop(int n, Instant now) {
    since.values().removeIf(date -> !date.isAfter(now.minus(FRESH)));
    List<WorkerId> popped = new ArrayList<>();
    Iterator<WorkerId> longestFirst = since.keySet().iterator();
    while (popped.size() < n && longestFirst.hasNext()) {
      popped.add(longestFirst.next());
      longestFirst.remove();
    }
    return popped;
  }
}
