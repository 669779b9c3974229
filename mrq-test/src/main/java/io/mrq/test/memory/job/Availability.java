package io.mrq.test.memory.job;

import io.mrq.store.StoreUnavailableException;

/** Whether the store in memory is switched on. */
public final class Availability {
  private volatile boolean available = true;

  public void set(boolean answers) {
    available = answers;
  }

  /** Throws when the store is switched off; every method of a port calls this first. */
  public void check() {
    if (!available) {
      throw new StoreUnavailableException("the store in memory was told to be away", null);
    }
  }
}
