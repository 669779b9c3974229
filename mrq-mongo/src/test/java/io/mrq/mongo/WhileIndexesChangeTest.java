package io.mrq.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.bulk.BulkMovesContract;
import io.mrq.test.contract.failure.FailureGroupsContract;
import io.mrq.test.contract.query.JobQueriesContract;
import io.mrq.test.contract.recovery.LostJobsContract;
import io.mrq.test.contract.recovery.QueueOrderContract;
import io.mrq.test.contract.recovery.RecoveryStoreContract;
import io.mrq.test.contract.store.ClaimContract;
import io.mrq.test.contract.store.RunFenceContract;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Nested;

/**
 * What workers, maintenance duties and people ask is answered rightly while MRQ is updated: before
 * any of its indexes is there, and as long as those of the earlier version are there, too.
 */
class WhileIndexesChangeTest {
  private static final List<List<String>> EARLIER =
      List.of(
          List.of("queue", "status", "order", "_id"),
          List.of("status", "worker"),
          List.of("status", "dateretry"),
          List.of("status", "_id"),
          List.of("path", "_id"),
          List.of("queue", "_id"));

  private static MongoStoreUnderTest withoutIndexes() {
    MongoDatabase database = TestMongo.newDatabase();
    return new MongoStoreUnderTest(database, MongoStores.of(database));
  }

  private static MongoStoreUnderTest withOldAndNewIndexes() {
    MongoDatabase database = TestMongo.newDatabase();
    MongoStores stores = MongoStores.of(database);
    stores.indexes().ensure(true);
    MongoCollection<Document> jobs = database.getCollection("mrq_jobs");
    for (List<String> fields : EARLIER) {
      Document keys = new Document();
      fields.forEach(field -> keys.append(field, 1));
      jobs.createIndex(keys);
    }
    TestMongo.keepExpired(database);
    return new MongoStoreUnderTest(database, stores);
  }

  @Nested
  class Without {
    @Nested
    class Recovery extends RecoveryStoreContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withoutIndexes();
      }
    }

    @Nested
    class LostJobs extends LostJobsContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withoutIndexes();
      }
    }

    @Nested
    class QueueOrder extends QueueOrderContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withoutIndexes();
      }
    }

    @Nested
    class Claims extends ClaimContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withoutIndexes();
      }
    }

    @Nested
    class RunFence extends RunFenceContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withoutIndexes();
      }
    }

    @Nested
    class Queries extends JobQueriesContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withoutIndexes();
      }
    }

    @Nested
    class Failures extends FailureGroupsContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withoutIndexes();
      }
    }

    @Nested
    class Bulk extends BulkMovesContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withoutIndexes();
      }
    }
  }

  @Nested
  class WithOldAndNew {
    @Nested
    class Recovery extends RecoveryStoreContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withOldAndNewIndexes();
      }
    }

    @Nested
    class LostJobs extends LostJobsContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withOldAndNewIndexes();
      }
    }

    @Nested
    class QueueOrder extends QueueOrderContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withOldAndNewIndexes();
      }
    }

    @Nested
    class Claims extends ClaimContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withOldAndNewIndexes();
      }
    }

    @Nested
    class RunFence extends RunFenceContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withOldAndNewIndexes();
      }
    }

    @Nested
    class Queries extends JobQueriesContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withOldAndNewIndexes();
      }
    }

    @Nested
    class Failures extends FailureGroupsContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withOldAndNewIndexes();
      }
    }

    @Nested
    class Bulk extends BulkMovesContract {
      @Override
      protected StoreUnderTest emptyStore() {
        return withOldAndNewIndexes();
      }
    }
  }
}
