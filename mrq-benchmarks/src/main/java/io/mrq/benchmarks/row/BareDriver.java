package io.mrq.benchmarks.row;

import com.mongodb.ConnectionString;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.mrq.benchmarks.process.Stores;
import io.mrq.mongo.MongoStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

/**
 * The ceiling: what one thread reaches with the driver alone when it does to the documents what a
 * worker does to them, with its hints. It claims a batch, loads it, and completes it; the
 * collection has the indexes of {@code mrq_jobs}. A worker's batches have no fixed size, so some
 * sizes are tried, and the fastest is the ceiling.
 */
final class BareDriver implements AutoCloseable {
  private static final List<Integer> BATCHES = List.of(100, 250, 500);
  private static final int INSERT_BATCH = 1_000;
  private static final Document BY_ID = new Document("_id", 1);

  private final MongoClient client;
  private final MongoDatabase database;
  private final ObjectId worker = new ObjectId();

  BareDriver(Stores stores) {
    client = MongoClients.create(stores.mongoUri());
    database = client.getDatabase(database(stores) + "_bare");
  }

  private static String database(Stores stores) {
    return Objects.requireNonNull(new ConnectionString(stores.mongoUri()).getDatabase());
  }

  /**
   * Does the work of some jobs with each size of batches; answers jobs a second with the best.
   *
   * @param template a document of a queued job
   */
  double rate(int jobs, Document template) {
    return BATCHES.stream().mapToDouble(size -> rate(jobs, template, size)).max().orElseThrow();
  }

  private double rate(int jobs, Document template, int size) {
    database.drop();
    var _ = MongoStores.of(database).indexes().ensure();
    MongoCollection<RawBsonDocument> collection =
        database
            .getCollection("mrq_jobs", RawBsonDocument.class)
            .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    List<ObjectId> ids = insert(jobs, template);
    long started = System.nanoTime();
    for (int from = 0; from < jobs; from += size) {
      work(collection, ids.subList(from, Math.min(jobs, from + size)));
    }
    long took = System.nanoTime() - started;
    long done = collection.countDocuments(new Document("status", "success"));
    if (done != jobs) {
      throw new IllegalStateException("the bare driver completed %d of %d".formatted(done, jobs));
    }
    database.drop();
    return jobs * 1e9 / took;
  }

  private List<ObjectId> insert(int jobs, Document template) {
    List<ObjectId> ids = new ArrayList<>(jobs);
    List<Document> batch = new ArrayList<>(INSERT_BATCH);
    double order = template.get("order", 0.0);
    for (int i = 0; i < jobs; i++) {
      Document job =
          new Document(template).append("_id", new ObjectId()).append("order", order + i);
      ids.add(job.getObjectId("_id"));
      batch.add(job);
      if (batch.size() == INSERT_BATCH || i == jobs - 1) {
        database.getCollection("mrq_jobs").insertMany(batch);
        batch.clear();
      }
    }
    return ids;
  }

  private void work(MongoCollection<RawBsonDocument> jobs, List<ObjectId> ids) {
    ObjectId token = new ObjectId();
    Instant now = Instant.now();
    jobs.updateMany(
        new Document("_id", new Document("$in", ids))
            .append("status", "queued")
            .append("queue", Setup.QUEUE),
        new Document(
                "$set",
                new Document("status", "started")
                    .append("worker", worker)
                    .append("claim", token)
                    .append("datestarted", now))
            .append("$inc", new Document("attempt", 1))
            .append(
                "$unset", absent("result", "progress", "totaltime", "dateexpires", "dateretry")),
        new UpdateOptions().hint(BY_ID));
    List<UpdateOneModel<RawBsonDocument>> completions = new ArrayList<>(ids.size());
    jobs.find(held(new Document("$in", ids), token))
        .hint(BY_ID)
        .batchSize(ids.size() + 1)
        .forEach(job ->
            completions.add(
                new UpdateOneModel<>(
                    held(job.getObjectId("_id").getValue(), token),
                    completed(now),
                    new UpdateOptions().hint(BY_ID))));
    jobs.bulkWrite(completions, new BulkWriteOptions().ordered(false));
  }

  private Document held(Object id, ObjectId token) {
    return new Document("_id", id)
        .append("status", "started")
        .append("worker", worker)
        .append("claim", token);
  }

  private static Document completed(Instant now) {
    return new Document(
            "$set",
            new Document("status", "success")
                .append("dateupdated", now)
                .append("totaltime", 0.001)
                .append("dateexpires", now.plusSeconds(7 * 24 * 3600))
                .append("result", 1))
        .append("$unset", absent("dateretry", "exceptiontype", "fingerprint", "traceback"));
  }

  private static Document absent(String... fields) {
    Document absent = new Document();
    for (String field : fields) {
      absent.append(field, "");
    }
    return absent;
  }

  @Override
  public void close() {
    client.close();
  }
}
