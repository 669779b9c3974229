package io.mrq.test.memory.schedule;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.schedule.ScheduleStoreContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryScheduleStoreTest extends ScheduleStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
