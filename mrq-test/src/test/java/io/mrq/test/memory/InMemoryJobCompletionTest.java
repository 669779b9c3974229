package io.mrq.test.memory;

import io.mrq.test.contract.JobCompletionContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryJobCompletionTest extends JobCompletionContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
