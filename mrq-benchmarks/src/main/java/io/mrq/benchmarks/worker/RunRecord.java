package io.mrq.benchmarks.worker;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What ran in this worker since the last {@link #reset}. Noting a run costs some tens of
 * nanoseconds. Times are of the clock that all processes of a machine share.
 */
final class RunRecord {
  private final LongAdder began = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final AtomicLong firstBegan = new AtomicLong();
  private volatile long lastStored;
  private volatile AtomicIntegerArray runsOfJob = new AtomicIntegerArray(0);
  private final BlockingQueue<Long> pickUps = new LinkedBlockingQueue<>();

  /** Forgets everything, and expects jobs with the numbers from 0 to {@code jobs}. */
  void reset(int jobs) {
    runsOfJob = new AtomicIntegerArray(jobs);
    began.reset();
    stored.reset();
    firstBegan.set(0);
    lastStored = 0;
    pickUps.clear();
  }

  /** A task began. */
  void began(int number) {
    if (firstBegan.get() == 0) {
      firstBegan.compareAndSet(0, nowMicros());
    }
    began.increment();
    AtomicIntegerArray runs = runsOfJob;
    if (number < runs.length()) {
      runs.incrementAndGet(number);
    }
  }

  /** A job that was enqueued this long ago has begun. */
  void pickedUp(long micros) {
    pickUps.add(micros);
  }

  /** An outcome is stored. */
  void stored() {
    stored.increment();
    lastStored = nowMicros();
  }

  RunCounts counts() {
    return new RunCounts(began.sum(), stored.sum(), firstBegan.get(), lastStored);
  }

  /** How many jobs ran at least once. */
  long distinct() {
    AtomicIntegerArray runs = runsOfJob;
    long distinct = 0;
    for (int i = 0; i < runs.length(); i++) {
      distinct += runs.get(i) > 0 ? 1 : 0;
    }
    return distinct;
  }

  /** Waits for the next pick-up; null when none came. */
  @Nullable Long nextPickUp() throws InterruptedException {
    return pickUps.poll(30, TimeUnit.SECONDS);
  }

  /** Microseconds since 1970. */
  static long nowMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
