package io.mrq.engine.claim;

import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueueSelection.Servable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Claims parked jobs of tasks that this worker knows. It reads them from the store while notes tell
 * of them; without notes it costs nothing. It is for the poller's thread alone.
 */
final class ParkedPolling {
  private static final Duration MIN_WAIT = Duration.ofMillis(500);
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);
  private static final Duration WAIT_AFTER_CLAIM = Duration.ofMillis(50);
  private static final Duration NOTHING_IS_DUE = Duration.ofHours(1);

  /** How many jobs are read for each free slot, so that workers can choose different ones. */
  private static final int READ_PER_SLOT = 10;

  private final ParkedTasks store;
  private final Supplier<Set<String>> known;
  private final WorkerSlots slots;
  private final ClaimGate gate;
  private final Claiming claiming;
  private final LongSupplier nanos;
  private Duration nextWait = MIN_WAIT;
  private long dueAt;

  ParkedPolling(
      ParkedTasks store,
      Supplier<Set<String>> known,
      WorkerSlots slots,
      ClaimGate gate,
      Claiming claiming,
      LongSupplier nanos) {
    this.store = store;
    this.known = known;
    this.slots = slots;
    this.gate = gate;
    this.claiming = claiming;
    this.nanos = nanos;
    this.dueAt = nanos.getAsLong();
  }

  /** How long there is nothing to look for. */
  Duration untilDue(List<Servable> open, List<ParkedTask> notes) {
    return mine(open, notes).isEmpty() ? NOTHING_IS_DUE : untilDue();
  }

  private Duration untilDue() {
    return Duration.ofNanos(Math.max(0, dueAt - nanos.getAsLong()));
  }

  /**
   * Claims parked jobs of these queues, if it is time to look for them.
   *
   * @return how many places are kept
   */
  int claimFrom(List<Servable> open, List<ParkedTask> notes) throws InterruptedException {
    Map<String, List<String>> mine = mine(open, notes);
    if (mine.isEmpty()) {
      nextWait = MIN_WAIT;
      return 0;
    }
    if (!untilDue().isZero()) {
      return 0;
    }
    int reserved = slots.reserve(IndexClaims.MAX_CLAIM);
    int kept = 0;
    try {
      for (Map.Entry<String, List<String>> queue : mine.entrySet()) {
        if (reserved > kept && gate.mayClaim()) {
          kept += claim(queue.getKey(), queue.getValue(), reserved - kept);
        }
      }
      return kept;
    } finally {
      slots.release(reserved - kept);
      lookAgain(kept > 0);
    }
  }

  private int claim(String queue, List<String> paths, int places) throws InterruptedException {
    List<ReadyJob> found = new ArrayList<>(store.jobs(queue, paths, READ_PER_SLOT * places));
    if (found.isEmpty()) {
      return 0;
    }
    // All workers read the same jobs. A random choice keeps them from racing for the same ones.
    Collections.shuffle(found, ThreadLocalRandom.current());
    List<JobId> ids =
        found.subList(0, Math.min(places, found.size())).stream().map(ReadyJob::id).toList();
    // If this worker dies before the claim, they are ordinary jobs, which the reconciler offers.
    store.unpark(queue, ids);
    return claiming.claim(queue, ids).kept();
  }

  private void lookAgain(boolean claimed) {
    Duration wait = claimed ? WAIT_AFTER_CLAIM : nextWait;
    Duration doubled = nextWait.multipliedBy(2);
    nextWait = claimed ? MIN_WAIT : doubled.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : doubled;
    dueAt = nanos.getAsLong() + wait.toNanos();
  }

  /** The paths that this worker knows, by the open queue in which jobs of them may be parked. */
  private Map<String, List<String>> mine(List<Servable> open, List<ParkedTask> notes) {
    if (notes.isEmpty()) {
      return Map.of();
    }
    Set<String> paths = known.get();
    Map<String, Set<String>> noted = new TreeMap<>();
    for (ParkedTask note : notes) {
      if (open.stream().anyMatch(queue -> queue.covers(note.queue()))) {
        noted.computeIfAbsent(note.queue(), _ -> new TreeSet<>()).add(note.path());
      }
    }
    Map<String, List<String>> mine = new TreeMap<>();
    noted.forEach((queue, those) -> {
      // When no more notes are taken, jobs of any task may be parked.
      boolean all = those.size() >= ParkedTasks.MAX_NOTES;
      List<String> wanted =
          paths.stream().filter(path -> all || those.contains(path)).sorted().toList();
      if (!wanted.isEmpty()) {
        mine.put(queue, wanted);
      }
    });
    return mine;
  }
}
