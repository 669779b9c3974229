package io.mrq.test.memory;

import io.mrq.test.contract.RecoveryStoreContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryRecoveryStoreTest extends RecoveryStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
