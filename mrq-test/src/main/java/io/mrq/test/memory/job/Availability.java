package io.mrq.test.memory.job;

import io.mrq.store.StoreUnavailableException;

/** Whether the store in memory plays at being away. */
public final class Availability {
  private volatile boolean available = true;

  public void set(boolean answers) {
    available = answers;
  }

  /** Every port method calls this before it looks at anything. */
  public void check() {
    if (!available) {
      throw new StoreUnavailableException("the store in memory was told to be away", null);
    }
  }
}
