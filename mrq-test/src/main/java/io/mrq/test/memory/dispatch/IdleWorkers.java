package io.mrq.test.memory.dispatch;

import io.mrq.job.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workers that wait for one queue. Guarded by its index. */
final class IdleWorkers {
  /** How long a note of waiting counts (protocol §3). */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Map<WorkerId, Instant> since = new LinkedHashMap<>();

  void add(WorkerId worker, Instant now) {
    since.remove(worker);
    since.put(worker, now);
  }

  void remove(WorkerId worker) {
    since.remove(worker);
  }

  /** Takes out up to so many workers whose note still counts, who waited longest first. */
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
