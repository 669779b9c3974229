package io.mrq.test.memory.stats;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.stats.JobRatesContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryJobRatesTest extends JobRatesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
