package io.mrq.test.memory;

import io.mrq.test.contract.JobKeysContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryJobKeysTest extends JobKeysContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
