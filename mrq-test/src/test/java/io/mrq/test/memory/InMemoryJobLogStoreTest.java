package io.mrq.test.memory;

import io.mrq.test.contract.JobLogStoreContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryJobLogStoreTest extends JobLogStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
