package io.mrq.mongo;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import io.mrq.job.JobId;
import io.mrq.job.WorkerId;
import io.mrq.port.StorePorts;
import io.mrq.test.contract.StoreUnderTest;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * The stores on an empty database, for the contract suites.
 *
 * @param database the driver's own way to it
 */
record MongoStoreUnderTest(MongoDatabase database, StorePorts ports) implements StoreUnderTest {
  static MongoStoreUnderTest empty() {
    MongoDatabase database = TestMongo.newDatabase();
    MongoStores stores = MongoStores.of(database);
    stores.indexes().ensure();
    TestMongo.keepExpired(database);
    return new MongoStoreUnderTest(database, stores);
  }

  @Override
  public JobId insertAsPython(String path, String queue, Instant datequeued) {
    return TestMongo.store(
        database,
        new Document("path", path)
            .append("queue", queue)
            .append("datequeued", Date.from(datequeued)));
  }

  @Override
  public void reportPythonWorker(WorkerId worker, Instant datereported) {
    database
        .getCollection("mrq_workers")
        .updateOne(
            new Document("_id", new ObjectId(worker.hex())),
            new Document(
                "$set",
                new Document("status", "started").append("datereported", Date.from(datereported))),
            new UpdateOptions().upsert(true));
  }

  @Override
  public void startAsPython(JobId id, WorkerId worker, Instant datestarted) {
    set(
        id,
        new Document("status", "started")
            .append("worker", new ObjectId(worker.hex()))
            .append("datestarted", Date.from(datestarted)));
  }

  @Override
  public void requeueAsPython(JobId id, Instant datequeued) {
    set(
        id,
        new Document("status", "queued")
            .append("datequeued", Date.from(datequeued))
            .append("retry_count", 0));
  }

  @Override
  public void expireAsPython(JobId id, Instant dateexpires) {
    set(id, new Document("dateexpires", Date.from(dateexpires)));
  }

  private void set(JobId id, Document fields) {
    database
        .getCollection("mrq_jobs")
        .updateOne(new Document("_id", new ObjectId(id.hex())), new Document("$set", fields));
  }
}
