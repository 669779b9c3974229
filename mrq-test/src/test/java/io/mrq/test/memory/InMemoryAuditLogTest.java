package io.mrq.test.memory;

import io.mrq.test.contract.AuditLogContract;
import io.mrq.test.contract.StoreUnderTest;

class InMemoryAuditLogTest extends AuditLogContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
