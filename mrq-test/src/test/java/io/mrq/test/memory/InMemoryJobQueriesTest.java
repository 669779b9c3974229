package io.mrq.test.memory;

import io.mrq.test.contract.JobQueriesContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryJobQueriesTest extends JobQueriesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
