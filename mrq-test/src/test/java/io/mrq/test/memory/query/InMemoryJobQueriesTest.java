package io.mrq.test.memory.query;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.query.JobQueriesContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryJobQueriesTest extends JobQueriesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
