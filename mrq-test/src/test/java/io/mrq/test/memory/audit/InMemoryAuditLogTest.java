package io.mrq.test.memory.audit;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.audit.AuditLogContract;
import io.mrq.test.memory.InMemoryStoreUnderTest;

class InMemoryAuditLogTest extends AuditLogContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return new InMemoryStoreUnderTest();
  }
}
