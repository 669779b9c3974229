package io.mrq.test.memory.queue;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.queue.QueuePausesContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryQueuePausesTest extends QueuePausesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
