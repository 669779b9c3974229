package io.mrq.test.memory;

import io.mrq.test.contract.BulkMovesContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryBulkMovesTest extends BulkMovesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
