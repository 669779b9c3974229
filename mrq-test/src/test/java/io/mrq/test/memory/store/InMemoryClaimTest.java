package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.ClaimContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryClaimTest extends ClaimContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
