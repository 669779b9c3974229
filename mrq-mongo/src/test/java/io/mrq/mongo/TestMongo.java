package io.mrq.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedMongoOptions;
import io.mrq.job.JobId;
import io.mrq.test.MutableClock;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * The one place where the tests get their MongoDB from: an embedded server for the whole run, or
 * the server that the system property {@value #URI} names. Every test has a database of its own.
 */
public final class TestMongo {
  /** Names a real MongoDB, such as {@code mongodb://localhost:27017}. */
  static final String URI = "mrq.test.mongo.uri";

  private static final String ADDRESS = address();
  private static final MongoClient CLIENT = MongoClients.create(settings().build());
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final String RUN = new ObjectId().toHexString();

  private TestMongo() {}

  private static String address() {
    String given = System.getProperty(URI);
    if (given != null) {
      return given;
    }
    EmbeddedMongo server = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server.uri();
  }

  /** Whether no real MongoDB was named. */
  public static boolean isEmbedded() {
    return System.getProperty(URI) == null;
  }

  /** An empty database. */
  public static MongoDatabase newDatabase() {
    return CLIENT.getDatabase(newName());
  }

  /** The name of an empty database. */
  public static String newName() {
    return "mrq_test_" + RUN + "_" + DATABASES.incrementAndGet();
  }

  /** For a client of a test's own. */
  public static MongoClientSettings.Builder settings() {
    return MongoClientSettings.builder().applyConnectionString(new ConnectionString(ADDRESS));
  }

  /** Host and port of the server. */
  public static ServerAddress server() {
    return new ServerAddress(new ConnectionString(ADDRESS).getHosts().getFirst());
  }

  /** A real server would soon delete the suites' documents, whose dates lie in the past. */
  public static void keepExpired(MongoDatabase database) {
    if (isEmbedded()) {
      return;
    }
    for (String collection : database.listCollectionNames()) {
      for (Document index : database.getCollection(collection).listIndexes()) {
        if (index.containsKey("expireAfterSeconds")) {
          database.runCommand(
              new Document("collMod", collection)
                  .append(
                      "index",
                      new Document("name", index.get("name"))
                          .append("expireAfterSeconds", Integer.MAX_VALUE)));
        }
      }
    }
  }

  /** A job's document, as the driver reads it. */
  public static Document raw(MongoDatabase database, JobId id) {
    return Objects.requireNonNull(
        database
            .getCollection("mrq_jobs")
            .find(new Document("_id", new ObjectId(id.hex())))
            .first(),
        "no such job");
  }

  /** Stores a job as Python would, with some fields more or other than usual. */
  public static JobId store(MongoDatabase database, Document fields) {
    ObjectId id = new ObjectId();
    Document job =
        new Document("_id", id)
            .append("path", "tests.Sample")
            .append("params", new Document())
            .append("queue", "default")
            .append("datequeued", Date.from(MutableClock.START))
            .append("status", "queued");
    job.putAll(fields);
    database.getCollection("mrq_jobs").insertOne(job);
    return new JobId(id.toHexString());
  }
}
