package io.mrq.engine.recovery;

import io.mrq.job.WorkerId;
import io.mrq.worker.WorkerStore.Beat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Counts how often each worker's beat was read unchanged. It counts reads and not time, so that a
 * process that was paused does not declare all workers silent.
 *
 * <p>A beat that does not change says something about its worker only while the store takes writes.
 * So a worker counts as silent only if that was seen meanwhile: another worker's beat changed, or a
 * write of our own was answered.
 */
final class BeatCounts {
  /** A worker is silent when its beat was read unchanged this many times, a second apart. */
  static final int SILENT_AFTER_READS = 6;

  /** How many of these reads must come after the store was seen to take writes. */
  private static final int READS_AFTER_PROOF = 3;

  private Map<WorkerId, Count> counts = new HashMap<>();

  /** A worker whose beat was read unchanged often enough. */
  record Silent(Beat beat, Duration lasting) {}

  /**
   * What is known about one beat.
   *
   * @param reads how often it was read
   * @param proven how many of them since the store was seen to take writes; 0: not yet
   */
  private record Count(long beat, int reads, int proven, long sinceNanos) {
    Count again(boolean proof) {
      return new Count(beat, reads + 1, proven > 0 || proof ? proven + 1 : 0, sinceNanos);
    }

    boolean needsProof() {
      return proven == 0 && reads >= SILENT_AFTER_READS - READS_AFTER_PROOF;
    }

    boolean isSilent() {
      return reads >= SILENT_AFTER_READS && proven >= READS_AFTER_PROOF;
    }
  }

  /**
   * Counts one read of all beats.
   *
   * @param storeTakesWrites asked only when no beat moved
   * @return the workers that are silent
   */
  List<Silent> count(List<Beat> read, long nowNanos, BooleanSupplier storeTakesWrites) {
    Set<WorkerId> still = new HashSet<>();
    boolean needed = false;
    for (Beat beat : read) {
      Count before = counts.get(beat.worker());
      if (before != null && before.beat() == beat.beat()) {
        still.add(beat.worker());
        needed |= before.again(false).needsProof();
      }
    }
    boolean moved = still.size() < read.size();
    boolean proof = moved || (needed && storeTakesWrites.getAsBoolean());
    Map<WorkerId, Count> now = new HashMap<>();
    List<Silent> silent = new ArrayList<>();
    for (Beat beat : read) {
      Count before = counts.get(beat.worker());
      Count count =
          before != null && still.contains(beat.worker())
              ? before.again(proof)
              : new Count(beat.beat(), 1, 0, nowNanos);
      now.put(beat.worker(), count);
      if (count.isSilent()) {
        silent.add(new Silent(beat, Duration.ofNanos(nowNanos - count.sinceNanos())));
      }
    }
    counts = now;
    return silent;
  }

  /** Forgets everything, after a read that failed or came late. */
  void forget() {
    counts = new HashMap<>();
  }
}
