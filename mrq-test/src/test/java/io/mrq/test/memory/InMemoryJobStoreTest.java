package io.mrq.test.memory;

import io.mrq.test.contract.JobStoreContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryJobStoreTest extends JobStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
