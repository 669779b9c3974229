package io.mrq.test.memory;

import io.mrq.store.StoreUnavailableException;

/** Whether the store in memory plays at being away. */
final class Availability {
  private volatile boolean available = true;

  void set(boolean answers) {
    available = answers;
  }

  /** Every port method calls this before it looks at anything. */
  void check() {
    if (!available) {
      throw new StoreUnavailableException("the store in memory was told to be away", null);
    }
  }
}
