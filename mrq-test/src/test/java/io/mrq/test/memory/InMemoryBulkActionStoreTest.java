package io.mrq.test.memory;

import io.mrq.test.contract.BulkActionStoreContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryBulkActionStoreTest extends BulkActionStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
