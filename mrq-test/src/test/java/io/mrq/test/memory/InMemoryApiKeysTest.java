package io.mrq.test.memory;

import io.mrq.test.contract.ApiKeysContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryApiKeysTest extends ApiKeysContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
