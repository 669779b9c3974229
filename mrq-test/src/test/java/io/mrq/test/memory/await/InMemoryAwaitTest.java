package io.mrq.test.memory.await;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.await.AwaitContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryAwaitTest extends AwaitContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
