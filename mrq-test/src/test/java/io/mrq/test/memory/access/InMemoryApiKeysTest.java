package io.mrq.test.memory.access;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.access.ApiKeysContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryApiKeysTest extends ApiKeysContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
