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
 * The collections with the guarantees that the stores need, whatever the application's client is
 * set to: reads from the primary, writes majority and journaled, and a timeout on every call.
 */
public final class StoreCollections {
  private static final String JOBS = "mrq_jobs";
  private static final String WORKERS = "mrq_workers";
  private static final String JOB_KEYS = "mrq_job_keys";
  private static final String QUEUES = "mrq_queues";
  private static final String STATS = "mrq_stats";
  private static final String AUDIT = "mrq_audit";
  private static final String API_KEYS = "mrq_api_keys";
  private static final String ACTIONS = "mrq_actions";
  private static final String TASKS = "mrq_tasks";
  private static final String TASK_SETTINGS = "mrq_task_settings";
  private static final String SCHEDULES = "mrq_schedules";
  private static final String PYTHON_SCHEDULES = "mrq_scheduled_jobs";
  private static final String RATES = "mrq_rates";
  public static final String LOGS = "mrq_logs";

  private static final WriteConcern DURABLE = WriteConcern.MAJORITY.withJournal(true);
  private static final Duration BEAT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LOG_WRITE_TIMEOUT = Duration.ofSeconds(2);

  private final MongoDatabase database;

  /**
   * Wraps a database.
   *
   * @param timeout of one call, retries by the driver included; a timeout that the database has
   *     already wins
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
   * The jobs, for questions that look at many documents.
   *
   * @param timeout of one question; a shorter timeout of the database wins
   */
  public MongoCollection<RawBsonDocument> jobs(Duration timeout) {
    Long usual = database.getTimeout(TimeUnit.MILLISECONDS);
    long millis = timeout.toMillis();
    return jobs()
        .withTimeout(
            usual == null || usual == 0 ? millis : Math.min(usual, millis), TimeUnit.MILLISECONDS);
  }

  public MongoCollection<RawBsonDocument> workers() {
    return durable(WORKERS);
  }

  /** The worker documents, for heartbeats: a call that takes longer than a second fails. */
  public MongoCollection<RawBsonDocument> beats() {
    return workers().withTimeout(BEAT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
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

  public MongoCollection<RawBsonDocument> schedules() {
    return durable(SCHEDULES);
  }

  /** What only Python MRQ writes. */
  public MongoCollection<RawBsonDocument> pythonSchedules() {
    return collection(PYTHON_SCHEDULES);
  }

  public MongoCollection<RawBsonDocument> audit() {
    return durable(AUDIT);
  }

  public MongoCollection<RawBsonDocument> apiKeys() {
    return durable(API_KEYS);
  }

  public MongoCollection<RawBsonDocument> tasks() {
    return durable(TASKS);
  }

  public MongoCollection<RawBsonDocument> taskSettings() {
    return durable(TASK_SETTINGS);
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

  /**
   * The log, for its writes. Completions wait for them, so they fail after two seconds and are sent
   * again.
   */
  public MongoCollection<RawBsonDocument> logWrites() {
    return logs().withTimeout(LOG_WRITE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The database, with the same guarantees but for the write concern. */
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
