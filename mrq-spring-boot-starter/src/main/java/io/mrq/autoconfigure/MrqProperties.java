package io.mrq.autoconfigure;

import io.mrq.autoconfigure.task.TaskProperties;
import io.mrq.engine.worker.WorkerPeriod;
import io.mrq.engine.worker.WorkerPeriods;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleFields;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.logging.LogLevel;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code mrq.*}, see {@code docs/configuration.md}.
 *
 * @param mongo where the jobs are, and how MRQ uses MongoDB
 * @param redis how the dispatch index uses Redis
 * @param tasks how tasks get their params
 * @param taskDefaults settings of all tasks, which the code of a task may change
 * @param taskSettings settings of single tasks by their paths, which win over what their code says
 * @param worker the worker of this process
 * @param scheduler the maintenance of this process
 * @param schedules Schedules of this application by their names, each with path, one of every,
 *     daily-at, weekday with at, monthday with at, and cron; and, where wanted, params, queue,
 *     priority, zone, misfire (skip, once, all), window, overlap (allow, skip, wait), jitter, start
 *     and end.
 * @param dispatch limits of dispatch and recovery
 */
@ConfigurationProperties("mrq")
public record MrqProperties(
    @DefaultValue Mongo mongo,
    @DefaultValue Redis redis,
    @DefaultValue Tasks tasks,
    @NestedConfigurationProperty @DefaultValue TaskProperties taskDefaults,
    @DefaultValue Map<String, TaskProperties> taskSettings,
    @DefaultValue Worker worker,
    @DefaultValue Scheduler scheduler,
    @DefaultValue Map<String, Schedule> schedules,
    @DefaultValue Dispatch dispatch) {

  /**
   * Where the jobs are, and how MRQ uses MongoDB.
   *
   * @param client Name of the MongoClient bean that MRQ uses, for an application that has several.
   *     By default the only or the primary one.
   * @param database Name of the database. By default that of the application, or mrq when the
   *     application names none.
   * @param timeout How long one call may take, including the choice of a server and the retries of
   *     the driver. Keep it longer than an election takes. A timeoutMS of the application's client
   *     takes precedence.
   * @param indexes Whether MRQ creates missing indexes in the background, and drops those that only
   *     earlier versions needed (create), or leaves both to you (none).
   * @param pythonIndexes Whether MRQ also creates the indexes that only Python MRQ needs (true) or
   *     drops them (false). By default it does the former as long as a worker of Python MRQ has a
   *     document in mrq_workers (auto).
   */
  public record Mongo(
      @DefaultValue("") String client,
      @DefaultValue("") String database,
      @DefaultValue("15s") Duration timeout,
      @DefaultValue("create") Indexes indexes,
      @DefaultValue("auto") PythonIndexes pythonIndexes) {}

  /** Who creates missing indexes. */
  public enum Indexes {
    /** MRQ creates them in the background. */
    CREATE,
    /** MRQ creates none. */
    NONE
  }

  /** Whether the indexes that only Python MRQ needs are there. */
  public enum PythonIndexes {
    /** As long as a worker of Python MRQ has a document in {@code mrq_workers}. */
    AUTO,
    /** Always. */
    TRUE,
    /** Never. */
    FALSE
  }

  /**
   * How the dispatch index uses Redis.
   *
   * @param connectionFactory Name of the LettuceConnectionFactory bean that says where MRQ's Redis
   *     is, for an application that has several. By default the only or the primary one.
   * @param prefix Prefix of every key, so that several installations of MRQ can share a Redis.
   */
  public record Redis(
      @DefaultValue("") String connectionFactory, @DefaultValue("mrq") String prefix) {}

  /**
   * How tasks get their params.
   *
   * @param jsonMapper Name of the JsonMapper bean that binds params and writes results, for an
   *     application that has several. By default the only or the primary one.
   * @param validator Name of the Validator bean that checks params, for an application that has
   *     several. By default the only or the primary one.
   */
  public record Tasks(@DefaultValue("") String jsonMapper, @DefaultValue("") String validator) {}

  /**
   * The worker of this process.
   *
   * @param enabled Whether this process runs jobs. A process without tasks runs none.
   * @param queues Queues that the worker serves, in this order.
   * @param slots How many jobs the worker runs at the same time.
   * @param drain How long running jobs may continue after the process is told to stop; then they
   *     are interrupted. It must be at least 15 s shorter than
   *     spring.lifecycle.timeout-per-shutdown-phase, so that interrupted jobs can end; a longer one
   *     is shortened.
   * @param name Name of the worker in lists and logs. By default the host and the process id.
   * @param holdAhead Whether the worker may claim short jobs before it has slots for them: as many
   *     as its slots run in 50 ms, and for 250 ms at most. Without it every slot waits for the next
   *     claim.
   * @param unknownTasks What becomes of a job whose task the worker does not know: it waits for a
   *     worker of its queue that does, without an attempt (park), or fails at once (fail).
   * @param allow Paths of the only tasks whose jobs the worker runs; a * at the end stands for any
   *     ending. By default all that the application has.
   * @param deny Paths of tasks whose jobs the worker does not run, in the same form. It has no
   *     effect beside allow.
   * @param periods how often the worker does what it repeats
   * @param logs how MongoDB keeps what jobs log
   */
  public record Worker(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("default") List<String> queues,
      @DefaultValue("100") int slots,
      @DefaultValue("20s") Duration drain,
      @DefaultValue("") String name,
      @DefaultValue("true") boolean holdAhead,
      @DefaultValue("park") UnknownTasks unknownTasks,
      @DefaultValue List<String> allow,
      @DefaultValue List<String> deny,
      @DefaultValue Periods periods,
      @DefaultValue Logs logs) {
    public Worker {
      require(slots > 0, "mrq.worker.slots must be at least 1, but is " + slots);
      require(
          !drain.isNegative(),
          "mrq.worker.drain must be zero or more, such as 20s, but is " + drain);
    }

    /** Whether the worker may run jobs of this path. */
    public boolean mayRun(String path) {
      return allow.isEmpty() ? !matches(deny, path) : matches(allow, path);
    }

    private static boolean matches(List<String> patterns, String path) {
      return patterns.stream()
          .anyMatch(pattern ->
              pattern.endsWith("*")
                  ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                  : path.equals(pattern));
    }
  }

  /** What becomes of a job whose task the worker does not know. */
  public enum UnknownTasks {
    /** It waits for a worker of its queue that knows the task. */
    PARK,
    /** It fails. */
    FAIL
  }

  /**
   * How often the worker does what it repeats. Its heartbeat is no setting: other processes judge
   * by it whether the worker is alive.
   *
   * @param audit How often the worker compares its runs with those in MongoDB: a job that was
   *     cancelled or given to another worker is interrupted within this time. 1s to 1m.
   * @param pauses How often the worker reads which queues are paused: a pause or a resume is
   *     noticed within this time. 500ms to 1m.
   * @param progress How often the progress of running jobs is stored, in one write for all of them.
   *     100ms to 1m.
   * @param stacks How often the stacks of running jobs are reported while there are more than 20 of
   *     them; those of fewer jobs are reported every 5 s. 5s to 1h.
   */
  public record Periods(
      @DefaultValue("5s") Duration audit,
      @DefaultValue("2s") Duration pauses,
      @DefaultValue("1s") Duration progress,
      @DefaultValue("30s") Duration stacks) {
    public Periods {
      requireAllowed("audit", WorkerPeriod.AUDIT, audit);
      requireAllowed("pauses", WorkerPeriod.PAUSES, pauses);
      requireAllowed("progress", WorkerPeriod.PROGRESS, progress);
      requireAllowed("stacks", WorkerPeriod.STACKS, stacks);
    }

    private static void requireAllowed(String name, WorkerPeriod period, Duration value) {
      require(
          period.allows(value),
          "mrq.worker.periods.%s must be from %s to %s, such as %s, but is %s"
              .formatted(
                  name, shown(period.least()), shown(period.most()), shown(period.usual()), value));
    }

    private static String shown(Duration bound) {
      return DurationStyle.SIMPLE.print(
          bound, bound.toMillisPart() == 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
    }

    /** The periods for the engine. */
    public WorkerPeriods chosen() {
      return WorkerPeriods.DEFAULT
          .with(WorkerPeriod.AUDIT, audit)
          .with(WorkerPeriod.PAUSES, pauses)
          .with(WorkerPeriod.PROGRESS, progress)
          .with(WorkerPeriod.STACKS, stacks);
    }
  }

  /**
   * How MongoDB keeps what jobs log.
   *
   * @param enabled Whether MongoDB keeps what jobs log.
   * @param level Lowest level that is kept. Lines below the level of their own logger are never
   *     kept.
   * @param maxLine Longest line that is kept, in characters; a longer one is cut.
   * @param maxRun How many characters are kept of what one run logs; beyond that, lines are
   *     dropped.
   * @param buffer How many characters of log lines may wait in this process to be stored in
   *     MongoDB; beyond that, lines are dropped.
   * @param size Largest size of the collection that keeps the lines of all jobs; when it is full,
   *     the oldest lines are deleted. It takes effect when the collection is created.
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
   * The maintenance of this process.
   *
   * @param enabled Whether this process does maintenance. Any number of processes may do it.
   * @param owner Name under which this application declares its schedules; only under this name
   *     they can be changed or deleted. By default spring.application.name.
   * @param pythonSchedules Whether the recurring jobs of Python MRQ are taken over from
   *     mrq_scheduled_jobs. No Python scheduler may run then, or both enqueue them.
   */
  public record Scheduler(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("") String owner,
      @DefaultValue("false") boolean pythonSchedules) {}

  /**
   * A schedule of this application, with the texts that {@link ScheduleFields} reads. What is null
   * has its default.
   */
  public record Schedule(
      @Nullable String path,
      @Nullable Map<String, Object> params,
      @Nullable String queue,
      @Nullable String priority,
      @Nullable String every,
      @Nullable String dailyAt,
      @Nullable String weekday,
      @Nullable String monthday,
      @Nullable String at,
      @Nullable String cron,
      @Nullable String zone,
      @Nullable String misfire,
      @Nullable String window,
      @Nullable String overlap,
      @Nullable String jitter,
      @Nullable String start,
      @Nullable String end) {

    /**
     * Returns what these properties define.
     *
     * @throws io.mrq.schedule.InvalidScheduleException for the first one that is wrong
     */
    public ScheduleDefinition definition(String name) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("path", path);
      fields.put("params", params);
      fields.put("queue", queue);
      fields.put("priority", priority);
      fields.put("every", every);
      fields.put("daily_at", dailyAt);
      fields.put("weekday", weekday);
      fields.put("monthday", monthday);
      fields.put("at", at);
      fields.put("cron", cron);
      fields.put("zone", zone);
      fields.put("misfire", misfire);
      fields.put("window", window);
      fields.put("overlap", overlap);
      fields.put("jitter", jitter);
      fields.put("start", start);
      fields.put("end", end);
      return ScheduleFields.read(name, fields);
    }
  }

  /**
   * Limits of dispatch and recovery.
   *
   * @param crashLimit A job fails when its worker is lost for the Nth time, where N is this number.
   *     0: it never fails for that, and is requeued every time.
   * @param maxReady How many ids of ready jobs Redis holds for each queue at most; further jobs
   *     wait in MongoDB.
   */
  public record Dispatch(
      @DefaultValue("5") int crashLimit, @DefaultValue("1000000") int maxReady) {}

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
