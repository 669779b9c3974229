package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.EarlierRunsContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryEarlierRunsTest extends EarlierRunsContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
