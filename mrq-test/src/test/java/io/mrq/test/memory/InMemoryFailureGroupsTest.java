package io.mrq.test.memory;

import io.mrq.test.contract.FailureGroupsContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryFailureGroupsTest extends FailureGroupsContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
