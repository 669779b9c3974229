package io.mrq.engine.run;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The slots of a worker: each running job takes one. Slots are reserved before jobs are claimed, so
 * a worker never holds a job that it cannot start.
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

  /** Reserves up to {@code most} free slots; returns how many, 0 if none is free. */
  public int reserve(int most) {
    lock.lock();
    try {
      int reserved = Math.min(most, free);
      free -= reserved;
      return reserved;
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

  /** Waits until a slot is free. */
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
