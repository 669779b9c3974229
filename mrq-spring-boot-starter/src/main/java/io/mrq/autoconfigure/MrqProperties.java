package io.mrq.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.logging.LogLevel;
import org.springframework.util.unit.DataSize;

/**
 * Settings of MRQ.
 *
 * @param mongo where the jobs are, and how MongoDB is used
 * @param redis how the dispatch index uses Redis
 * @param tasks how tasks get their params
 * @param worker the worker of this process
 * @param scheduler the maintenance duties of this process
 * @param dispatch constants of dispatch and recovery
 */
@ConfigurationProperties("mrq")
public record MrqProperties(
    @DefaultValue Mongo mongo,
    @DefaultValue Redis redis,
    @DefaultValue Tasks tasks,
    @DefaultValue Worker worker,
    @DefaultValue Scheduler scheduler,
    @DefaultValue Dispatch dispatch) {

  /**
   * Where the jobs are, and how MongoDB is used.
   *
   * @param client Name of the bean of type MongoClient that MRQ uses, where the application has
   *     several. By default the only or the primary one.
   * @param database Name of the database. By default the application's own, or mrq where the
   *     application names none.
   * @param timeout How long one call may take, the choice of a server and the driver's retries
   *     included; long enough for an election. A timeoutMS of the application's client wins.
   * @param indexes Whether missing indexes are created in the background: create or none. With none
   *     somebody else must create them.
   */
  public record Mongo(
      @DefaultValue("") String client,
      @DefaultValue("") String database,
      @DefaultValue("15s") Duration timeout,
      @DefaultValue("create") Indexes indexes) {}

  /** What happens to missing indexes. */
  public enum Indexes {
    /** They are created. */
    CREATE,
    /** Nothing. */
    NONE
  }

  /**
   * How the dispatch index uses Redis.
   *
   * @param connectionFactory Name of the bean of type LettuceConnectionFactory that says where
   *     MRQ's Redis is, where the application has several. By default the only or the primary one.
   * @param prefix Start of every key, so that several suites can share a Redis.
   */
  public record Redis(
      @DefaultValue("") String connectionFactory, @DefaultValue("mrq") String prefix) {}

  /**
   * How tasks get their params.
   *
   * @param jsonMapper Name of the bean of type JsonMapper that binds params and writes results,
   *     where the application has several. By default the only or the primary one.
   * @param validator Name of the bean of type Validator that checks params, where the application
   *     has several. By default the only or the primary one.
   */
  public record Tasks(@DefaultValue("") String jsonMapper, @DefaultValue("") String validator) {}

  /**
   * The worker of this process.
   *
   * @param enabled Whether this process runs jobs; one that has no tasks runs none.
   * @param queues Queues that the worker serves, in this order.
   * @param slots How many jobs the worker runs at once.
   * @param drain How long running jobs may go on after the process is told to stop. At most what
   *     spring.lifecycle.timeout-per-shutdown-phase leaves, less 15 s for their interruption and a
   *     clean end.
   * @param name Name of the worker, for people. By default host and process id.
   * @param logs what jobs log, kept in MongoDB
   */
  public record Worker(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("default") List<String> queues,
      @DefaultValue("100") int slots,
      @DefaultValue("20s") Duration drain,
      @DefaultValue("") String name,
      @DefaultValue Logs logs) {
    public Worker {
      require(slots > 0, "mrq.worker.slots must be at least 1, but is " + slots);
      require(
          !drain.isNegative(),
          "mrq.worker.drain must be zero or more, such as 20s, but is " + drain);
    }
  }

  /**
   * What jobs log, kept in MongoDB.
   *
   * @param enabled Whether what jobs log is kept in MongoDB.
   * @param level The lowest level that is kept, of what the loggers let through.
   * @param maxLine The longest line, in characters.
   * @param maxRun What one run may log, in characters; the rest is left out.
   * @param buffer What may wait for MongoDB in this process, in characters; the rest is left out.
   * @param size Size of the collection of all lines, in which the oldest go first; it counts when
   *     the collection is made.
   */
  public record Logs(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("debug") LogLevel level,
      @DefaultValue("16KB") DataSize maxLine,
      @DefaultValue("1MB") DataSize maxRun,
      @DefaultValue("8MB") DataSize buffer,
      @DefaultValue("16MB") DataSize size) {
    public Logs {
      require(
          maxLine.toBytes() > 0 && maxLine.toBytes() <= Integer.MAX_VALUE,
          "mrq.worker.logs.max-line must be more than zero and less than 2GB, such as 16KB, but is "
              + maxLine);
      require(
          maxRun.toBytes() > 0 && buffer.toBytes() > 0,
          "mrq.worker.logs.max-run and mrq.worker.logs.buffer must be more than zero, such as 1MB,"
              + " but are %s and %s".formatted(maxRun, buffer));
    }
  }

  /**
   * The maintenance duties of this process.
   *
   * @param enabled Whether this process does the maintenance; any number of processes may.
   */
  public record Scheduler(@DefaultValue("true") boolean enabled) {}

  /**
   * Constants of dispatch and recovery.
   *
   * @param crashLimit A job fails for good when its worker is lost for the Nth time; 0: never.
   * @param maxReady The most ids of ready jobs that Redis holds for a queue; the rest waits in
   *     MongoDB.
   */
  public record Dispatch(
      @DefaultValue("5") int crashLimit, @DefaultValue("1000000") int maxReady) {}

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
