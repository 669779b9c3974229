package io.mrq.embedded.mongo.file;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains an open file, once a second while it changes: forces it to the disk, so that a power
 * failure does not corrupt it, and keeps it from growing without limit. Writers wait at most a few
 * milliseconds for a step; the steps that wait for the disk run while there are no writes.
 */
public final class Upkeep implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  private static final long PERIOD_MILLIS = 1_000;

  private static final int BUSY_STEP_BYTES = 1024 * 1024;
  private static final int IDLE_STEP_BYTES = 8 * 1024 * 1024;

  /** After this many steps in a row without a change, the file is as small as possible. */
  private static final int MAX_IDLE_STEPS = 10;

  private final StoreFile file;
  private final CommitGate gate;
  private final boolean securedByWriters;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("mrq-mongo-upkeep").factory());

  private long seen;
  private int stepsWithoutChange;

  public Upkeep(StoreFile file, CommitGate gate, boolean securedByWriters) {
    this.file = file;
    this.gate = gate;
    this.securedByWriters = securedByWriters;
    this.seen = file.commits();
    timer.scheduleWithFixedDelay(
        this::stepOrWarn, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void stepOrWarn() {
    try {
      step();
    } catch (RuntimeException e) {
      if (file.failure() != null) {
        // The server notices it too, and reopens the file.
        return;
      }
      log.warn(
          "The maintenance of the embedded MongoDB file failed; it is tried again in a second", e);
    }
  }

  private void step() {
    long before = file.commits();
    boolean idle = before == seen;
    if (idle && stepsWithoutChange > MAX_IDLE_STEPS) {
      return;
    }
    if (!securedByWriters) {
      file.secure();
    }
    file.gather(idle ? IDLE_STEP_BYTES : BUSY_STEP_BYTES);
    if (idle) {
      gate.alone(() -> file.shrink(IDLE_STEP_BYTES));
    } else {
      file.finishCheckpoint();
    }
    seen = file.commits();
    stepsWithoutChange = idle && seen == before ? stepsWithoutChange + 1 : 0;
  }

  @Override
  public void close() {
    timer.close();
  }
}
