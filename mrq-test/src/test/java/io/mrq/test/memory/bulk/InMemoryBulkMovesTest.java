package io.mrq.test.memory.bulk;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.bulk.BulkMovesContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryBulkMovesTest extends BulkMovesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
