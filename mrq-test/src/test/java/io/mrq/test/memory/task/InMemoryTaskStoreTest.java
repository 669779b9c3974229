package io.mrq.test.memory.task;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.task.TaskStoreContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryTaskStoreTest extends TaskStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
