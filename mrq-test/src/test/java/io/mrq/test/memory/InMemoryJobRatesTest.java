package io.mrq.test.memory;

import io.mrq.test.contract.JobRatesContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryJobRatesTest extends JobRatesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
