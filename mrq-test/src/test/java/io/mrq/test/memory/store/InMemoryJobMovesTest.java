package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.JobMovesContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryJobMovesTest extends JobMovesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
