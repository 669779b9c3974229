package io.mrq.mongo;

import io.mrq.test.contract.StoreUnderTest;
import io.mrq.test.contract.access.ApiKeysContract;
import io.mrq.test.contract.audit.AuditLogContract;
import io.mrq.test.contract.await.AwaitContract;
import io.mrq.test.contract.bulk.BulkActionStoreContract;
import io.mrq.test.contract.bulk.BulkMovesContract;
import io.mrq.test.contract.failure.FailureGroupsContract;
import io.mrq.test.contract.key.JobKeysContract;
import io.mrq.test.contract.log.JobLogStoreContract;
import io.mrq.test.contract.query.JobQueriesContract;
import io.mrq.test.contract.queue.ParkedTasksContract;
import io.mrq.test.contract.queue.QueuePausesContract;
import io.mrq.test.contract.recovery.LostJobsContract;
import io.mrq.test.contract.recovery.QueueOrderContract;
import io.mrq.test.contract.recovery.RecoveryStoreContract;
import io.mrq.test.contract.schedule.ScheduleStoreContract;
import io.mrq.test.contract.stats.JobRatesContract;
import io.mrq.test.contract.stats.QueueStatsContract;
import io.mrq.test.contract.store.ClaimContract;
import io.mrq.test.contract.store.EarlierRunsContract;
import io.mrq.test.contract.store.EnqueueContract;
import io.mrq.test.contract.store.GiveBackContract;
import io.mrq.test.contract.store.InterruptedRunsContract;
import io.mrq.test.contract.store.JobCompletionContract;
import io.mrq.test.contract.store.JobMovesContract;
import io.mrq.test.contract.store.RunFenceContract;
import io.mrq.test.contract.task.TaskStoreContract;
import io.mrq.test.contract.worker.LostWorkersContract;
import io.mrq.test.contract.worker.WorkerStoreContract;
import org.junit.jupiter.api.Nested;

/** The contract of every port. */
class MongoContractsTest {
  @Nested
  class Enqueue extends EnqueueContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Claims extends ClaimContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class GiveBacks extends GiveBackContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Completions extends JobCompletionContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class EarlierRuns extends EarlierRunsContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class RunFence extends RunFenceContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class InterruptedRuns extends InterruptedRunsContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Schedules extends ScheduleStoreContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Moves extends JobMovesContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Queries extends JobQueriesContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Awaits extends AwaitContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Failures extends FailureGroupsContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Recovery extends RecoveryStoreContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class LostJobs extends LostJobsContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class QueueOrder extends QueueOrderContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Keys extends JobKeysContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Workers extends WorkerStoreContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class LostWorkers extends LostWorkersContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Pauses extends QueuePausesContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Parked extends ParkedTasksContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Tasks extends TaskStoreContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Actions extends BulkActionStoreContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Bulk extends BulkMovesContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Stats extends QueueStatsContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Rates extends JobRatesContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Logs extends JobLogStoreContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class Audit extends AuditLogContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }

  @Nested
  class ServiceKeys extends ApiKeysContract {
    @Override
    protected StoreUnderTest emptyStore() {
      return MongoStoreUnderTest.empty();
    }
  }
}
