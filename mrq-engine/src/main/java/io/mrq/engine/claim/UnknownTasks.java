package io.mrq.engine.claim;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.ParkedTasks;
import io.mrq.store.JobStore;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
  private final Supplier<List<ParkedTask>> notes;
  private final Runnable onUnclear;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Map<String, Instant>> noted = new HashMap<>();

  /**
   * Creates it.
   *
   * @param knows whether this worker runs the jobs of a path
   * @param notes those that were read last
   * @param onUnclear called when it is not known whether jobs were parked, so that the audit
   *     returns those that were not
   */
  public UnknownTasks(
      Predicate<String> knows,
      JobStore store,
      ParkedTasks parked,
      Supplier<List<ParkedTask>> notes,
      Runnable onUnclear,
      InstantSource clock) {
    this.knows = knows;
    this.store = store;
    this.parked = parked;
    this.notes = notes;
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
    } catch (RuntimeException e) {
      // Neither may keep the other jobs of the claim from running. The audit returns what was not
      // parked, and the scheduler notes what was parked unnoted.
      log.debug("it is not certain that {} jobs were parked and noted", unknown.size(), e);
      onUnclear.run();
    }
  }

  /** Paths come from outside and are endless, and all workers read the notes: they have a limit. */
  private void note(String queue, Set<String> paths, Instant now) {
    List<String> due = new ArrayList<>();
    Set<String> there =
        notes.get().stream()
            .filter(note -> note.queue().equals(queue))
            .map(ParkedTask::path)
            .collect(Collectors.toSet());
    lock.lock();
    try {
      Map<String, Instant> known = noted.computeIfAbsent(queue, _ -> new HashMap<>());
      known.values().removeIf(date -> !date.isAfter(now.minus(RENEW_NOTE)));
      for (String path : paths) {
        boolean room = Math.max(known.size(), there.size()) < ParkedTasks.MAX_NOTES;
        if ((room || there.contains(path)) && known.putIfAbsent(path, now) == null) {
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
