package io.mrq.test.memory.worker;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.worker.LostWorkersContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryLostWorkersTest extends LostWorkersContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
