package io.mrq.test.memory;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.WorkerStoreContract;

class InMemoryWorkerStoreTest extends WorkerStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
