package io.mrq.test.memory.recovery;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.recovery.RecoveryStoreContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryRecoveryStoreTest extends RecoveryStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
