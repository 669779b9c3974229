package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.EnqueueContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryEnqueueTest extends EnqueueContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
