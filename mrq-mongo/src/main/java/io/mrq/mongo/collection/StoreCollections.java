package io.mrq.mongo.collection;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;

/**
 * The collections with the guarantees that the protocol asks for (§1), whatever the application's
 * client is set to: reads from the primary, writes majority and journaled, a limit on every wait.
 */
public final class StoreCollections {
  public static final String JOBS = "mrq_jobs";
  public static final String WORKERS = "mrq_workers";
  public static final String JOB_KEYS = "mrq_job_keys";
  public static final String QUEUES = "mrq_queues";
  public static final String STATS = "mrq_stats";
  public static final String AUDIT = "mrq_audit";
  public static final String API_KEYS = "mrq_api_keys";
  public static final String ACTIONS = "mrq_actions";
  public static final String RATES = "mrq_rates";
  public static final String LOGS = "mrq_logs";

  private static final WriteConcern DURABLE = WriteConcern.MAJORITY.withJournal(true);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration LOG_WRITE = Duration.ofSeconds(2);

  private final MongoDatabase database;

  /**
   * Wraps a database.
   *
   * @param timeout of one call, retries by the driver included; a timeout that the database was
   *     given already wins
   */
  public StoreCollections(MongoDatabase database, Duration timeout) {
    Long own = database.getTimeout(TimeUnit.MILLISECONDS);
    this.database =
        database
            .withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry())
            .withReadPreference(ReadPreference.primary())
            .withReadConcern(ReadConcern.DEFAULT)
            .withTimeout(own == null ? timeout.toMillis() : own, TimeUnit.MILLISECONDS);
  }

  public MongoCollection<RawBsonDocument> jobs() {
    return durable(JOBS);
  }

  /**
   * The jobs for questions that take long only when they should not have been asked.
   *
   * @param most how long one may take; a shorter timeout of the database wins
   */
  public MongoCollection<RawBsonDocument> jobs(Duration most) {
    Long usual = database.getTimeout(TimeUnit.MILLISECONDS);
    long millis = most.toMillis();
    return jobs()
        .withTimeout(
            usual == null || usual == 0 ? millis : Math.min(usual, millis), TimeUnit.MILLISECONDS);
  }

  public MongoCollection<RawBsonDocument> workers() {
    return durable(WORKERS);
  }

  /**
   * The workers' documents for calls that are worth nothing when they take longer than a second.
   */
  public MongoCollection<RawBsonDocument> beats() {
    return workers().withTimeout(BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  public MongoCollection<RawBsonDocument> jobKeys() {
    return durable(JOB_KEYS);
  }

  public MongoCollection<RawBsonDocument> queues() {
    return durable(QUEUES);
  }

  public MongoCollection<RawBsonDocument> actions() {
    return durable(ACTIONS);
  }

  public MongoCollection<RawBsonDocument> audit() {
    return durable(AUDIT);
  }

  public MongoCollection<RawBsonDocument> apiKeys() {
    return durable(API_KEYS);
  }

  public MongoCollection<RawBsonDocument> stats() {
    return collection(STATS).withWriteConcern(WriteConcern.W1);
  }

  public MongoCollection<RawBsonDocument> rates() {
    return collection(RATES).withWriteConcern(WriteConcern.W1);
  }

  public MongoCollection<RawBsonDocument> logs() {
    return collection(LOGS).withWriteConcern(WriteConcern.W1);
  }

  /** For log lines, which the end of a run waits for: they are tried again when it takes long. */
  public MongoCollection<RawBsonDocument> logWrites() {
    return logs().withTimeout(LOG_WRITE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The database, with the same limits. */
  public MongoDatabase database() {
    return database;
  }

  private MongoCollection<RawBsonDocument> durable(String name) {
    return collection(name).withWriteConcern(DURABLE);
  }

  private MongoCollection<RawBsonDocument> collection(String name) {
    return database.getCollection(name, RawBsonDocument.class);
  }
}
