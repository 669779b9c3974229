package io.mrq.test.memory;

import io.mrq.test.contract.JobMovesContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryJobMovesTest extends JobMovesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
