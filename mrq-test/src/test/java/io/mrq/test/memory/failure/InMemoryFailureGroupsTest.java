package io.mrq.test.memory.failure;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.failure.FailureGroupsContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryFailureGroupsTest extends FailureGroupsContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
