package io.mrq.test.memory.bulk;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.bulk.BulkActionStoreContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryBulkActionStoreTest extends BulkActionStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
