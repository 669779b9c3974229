package io.mrq.engine.run;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places for running jobs. They are reserved before anything is claimed, so a worker never
 * holds what it cannot start.
 */
public final class WorkerSlots {
  private final int size;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private int free;

  public WorkerSlots(int size) {
    this.size = size;
    this.free = size;
  }

  public int size() {
    return size;
  }

  public int free() {
    lock.lock();
    try {
      return free;
    } finally {
      lock.unlock();
    }
  }

  /** Takes up to {@code most} free slots; 0 when none is free. */
  public int reserve(int most) {
    lock.lock();
    try {
      int taken = Math.min(most, free);
      free -= taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  public void release(int count) {
    lock.lock();
    try {
      free = Math.min(size, free + count);
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns once a slot is free. */
  public void awaitFree() throws InterruptedException {
    lock.lock();
    try {
      while (free == 0) {
        change.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
