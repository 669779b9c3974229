package io.mrq.autoconfigure;

import io.mrq.job.TimeHorizon;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.logging.LogLevel;
import org.springframework.util.unit.DataSize;

/**
 * Settings of MRQ.
 *
 * @param redis how the dispatch index uses Redis
 * @param worker the worker of this process
 * @param scheduler the maintenance duties of this process
 * @param dispatch constants of dispatch and recovery
 * @param api what people and services do through this process
 */
@ConfigurationProperties("mrq")
public record MrqProperties(
    @DefaultValue Redis redis,
    @DefaultValue Worker worker,
    @DefaultValue Scheduler scheduler,
    @DefaultValue Dispatch dispatch,
    @DefaultValue Api api) {

  /**
   * What people and services do through this process.
   *
   * @param audit the log of who did what
   */
  public record Api(@DefaultValue Audit audit) {}

  /**
   * The log of who did what.
   *
   * @param keep How long an entry of the audit log is kept.
   */
  public record Audit(@DefaultValue("400d") Duration keep) {
    public Audit {
      require(
          keep.isPositive() && keep.equals(TimeHorizon.within(keep)),
          "mrq.api.audit.keep must be more than zero and at most %d days, such as 400d, but is %s"
              .formatted(TimeHorizon.LONGEST.toDays(), keep));
    }
  }

  /**
   * How the dispatch index uses Redis.
   *
   * @param prefix Start of every key, so that several suites can share a Redis.
   */
  public record Redis(@DefaultValue("mrq") String prefix) {}

  /**
   * The worker of this process.
   *
   * @param enabled Whether this process runs jobs.
   * @param queues Queues that the worker serves, in this order.
   * @param slots How many jobs the worker runs at once.
   * @param drain How long running jobs may go on after the process is told to stop.
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
