package io.mrq.test.memory.stats;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.stats.QueueStatsContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryQueueStatsTest extends QueueStatsContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
