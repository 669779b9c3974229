package io.mrq.test.memory.recovery;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.recovery.QueueOrderContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryQueueOrderTest extends QueueOrderContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
