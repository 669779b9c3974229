package io.mrq.test.memory.store;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.store.GiveBackContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryGiveBackTest extends GiveBackContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
