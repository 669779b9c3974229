package io.mrq.test.memory.key;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.key.JobKeysContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryJobKeysTest extends JobKeysContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
