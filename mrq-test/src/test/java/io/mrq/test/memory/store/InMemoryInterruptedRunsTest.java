package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.InterruptedRunsContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryInterruptedRunsTest extends InterruptedRunsContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
