package io.mrq.test.memory.log;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.log.JobLogStoreContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryJobLogStoreTest extends JobLogStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
