package io.mrq.engine.claim;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.queue.ParkedTasks;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks claimed jobs whose task this worker does not know: they wait in a lane of their task for a
 * worker that knows it. While two versions of an application run side by side, no job fails only
 * because the older version had it first.
 */
public final class UnknownTasks {
  /** Notes are renewed in time, as those without jobs are removed when they are a minute old. */
  private static final Duration RENEW_NOTE = Duration.ofSeconds(20);

  private static final Logger log = LoggerFactory.getLogger(UnknownTasks.class);

  private final Predicate<String> knows;
  private final JobStore store;
  private final ParkedTasks parked;
  private final Runnable onUnclear;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Map<String, Instant>> noted = new HashMap<>();

  /**
   * Creates it.
   *
   * @param knows whether this worker runs the jobs of a path
   * @param onUnclear called when it is not known whether jobs were parked, so that the audit
   *     returns those that were not
   */
  public UnknownTasks(
      Predicate<String> knows,
      JobStore store,
      ParkedTasks parked,
      Runnable onUnclear,
      InstantSource clock) {
    this.knows = knows;
    this.store = store;
    this.parked = parked;
    this.onUnclear = onUnclear;
    this.clock = clock;
  }

  /** Returns the jobs of a claim that this worker can run, and parks the others. */
  List<Job> keepKnown(ClaimBatch batch, List<Job> won) {
    Map<JobId, String> unknown = new LinkedHashMap<>();
    for (Job job : won) {
      if (!knows.test(job.path())) {
        unknown.put(job.id(), job.path());
      }
    }
    if (unknown.isEmpty()) {
      return won;
    }
    park(batch, unknown);
    return won.stream().filter(job -> !unknown.containsKey(job.id())).toList();
  }

  private void park(ClaimBatch batch, Map<JobId, String> unknown) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      store.park(batch.claim(), unknown, now);
      note(batch.queue(), new HashSet<>(unknown.values()), now);
    } catch (StoreUnavailableException e) {
      // The audit returns what was not parked, and the scheduler notes what was parked unnoted.
      log.debug("it is unknown whether {} jobs were parked", unknown.size(), e);
      onUnclear.run();
    }
  }

  private void note(String queue, Set<String> paths, Instant now) {
    List<String> due = new ArrayList<>();
    lock.lock();
    try {
      Map<String, Instant> known = noted.computeIfAbsent(queue, _ -> new HashMap<>());
      known.values().removeIf(date -> !date.isAfter(now.minus(RENEW_NOTE)));
      for (String path : paths) {
        if (known.size() < ParkedTasks.MAX_NOTES && known.putIfAbsent(path, now) == null) {
          due.add(path);
        }
      }
    } finally {
      lock.unlock();
    }
    if (!due.isEmpty()) {
      parked.note(queue, due, now);
      log.info(
          "jobs of the tasks {} on the queue '{}' are parked, because this worker does not know them; they wait for a worker of the queue that does",
          due.stream().sorted().toList(),
          queue);
    }
  }
}
