package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.JobStoreContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryJobStoreTest extends JobStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
