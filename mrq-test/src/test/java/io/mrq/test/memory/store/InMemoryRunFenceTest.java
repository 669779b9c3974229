package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.RunFenceContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryRunFenceTest extends RunFenceContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
