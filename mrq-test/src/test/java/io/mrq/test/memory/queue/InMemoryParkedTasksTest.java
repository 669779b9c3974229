package io.mrq.test.memory.queue;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.queue.ParkedTasksContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryParkedTasksTest extends ParkedTasksContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
