package io.mrq.test.memory;

import io.mrq.test.contract.QueueStatsContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryQueueStatsTest extends QueueStatsContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
