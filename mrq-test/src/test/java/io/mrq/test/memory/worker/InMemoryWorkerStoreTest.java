package io.mrq.test.memory.worker;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.worker.WorkerStoreContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryWorkerStoreTest extends WorkerStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
