package io.mrq.test.memory.recovery;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.recovery.LostJobsContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryLostJobsTest extends LostJobsContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
