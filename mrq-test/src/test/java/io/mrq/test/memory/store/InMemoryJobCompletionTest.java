package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.JobCompletionContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryJobCompletionTest extends JobCompletionContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
