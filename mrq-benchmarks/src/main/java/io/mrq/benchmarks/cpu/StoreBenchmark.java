package io.mrq.benchmarks.cpu;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedMongoOptions;
import io.mrq.mongo.MongoStores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Updates in the embedded store, in memory, with all indexes: the time of one document in a batch
 * of 100, driver and loopback included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {
  private static final int BATCH = 100;

  private final EmbeddedMongo store = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
  private final MongoClient client = MongoClients.create(store.uri());
  private final MongoCollection<Document> jobs =
      client.getDatabase(EmbeddedMongo.DATABASE).getCollection("mrq_jobs");
  private final List<UpdateOneModel<Document>> starts = new ArrayList<>();
  private final List<UpdateOneModel<Document>> ends = new ArrayList<>();

  @Setup
  public void fill() {
    var _ = MongoStores.of(client.getDatabase(EmbeddedMongo.DATABASE)).indexes().ensure();
    for (int i = 0; i < BATCH; i++) {
      ObjectId id = new ObjectId();
      jobs.insertOne(
          new Document("_id", id)
              .append("queue", "default")
              .append("status", "queued")
              .append("order", 1.0 * i));
      starts.add(update(id, "queued", "started"));
      ends.add(update(id, "started", "queued"));
    }
  }

  private static UpdateOneModel<Document> update(ObjectId id, String from, String to) {
    return new UpdateOneModel<>(
        new Document("_id", id).append("status", from),
        new Document("$set", new Document("status", to)));
  }

  /** Two changes of status, there and back. */
  @Benchmark
  @OperationsPerInvocation(2 * BATCH)
  public int changeStatus() {
    BulkWriteOptions unordered = new BulkWriteOptions().ordered(false);
    return jobs.bulkWrite(starts, unordered).getModifiedCount()
        + jobs.bulkWrite(ends, unordered).getModifiedCount();
  }

  @TearDown
  public void close() {
    client.close();
    store.close();
  }
}
