package io.mrq.test.memory;

import io.mrq.test.contract.QueuePausesContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryQueuePausesTest extends QueuePausesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
