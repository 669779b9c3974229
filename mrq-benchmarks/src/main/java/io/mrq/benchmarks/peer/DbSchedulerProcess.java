package io.mrq.benchmarks.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mrq.benchmarks.process.ProcessUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The main class of a process in which db-scheduler works: {@code <jdbc url> <mode> <number> …}. It
 * prints {@code ready} and waits for a line, works, prints one line of JSON, and waits for a line
 * before it ends, so that the bench can read what PostgreSQL has used just before and just after.
 */
final class DbSchedulerProcess {
  private static final int COLD = 20_000;
  private static final Duration POLLING = Duration.ofMillis(100);

  private final HikariDataSource database;
  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private DbSchedulerProcess(HikariDataSource database) {
    this.database = database;
  }

  public static void main(String[] args) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    config.setMaximumPoolSize(20);
    int[] numbers = IntStream.range(2, args.length).map(i -> Integer.parseInt(args[i])).toArray();
    try (HikariDataSource database = new HikariDataSource(config)) {
      DbSchedulerProcess process = new DbSchedulerProcess(database);
      process.createTable();
      switch (args[1]) {
        case "drain" -> process.drain(numbers[0], numbers[1], numbers[2]);
        case "enqueue" -> process.enqueue(numbers[0], numbers[1], numbers[2]);
        case "pick-up" -> process.pickUp(numbers[0], numbers[1]);
        default -> throw new IllegalArgumentException(args[1]);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /** The table and the indexes that db-scheduler's manual asks for on PostgreSQL. */
  private void createTable() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists scheduled_tasks");
      statement.execute(
          """
          create table scheduled_tasks (
            task_name text not null, task_instance text not null, task_data bytea,
            execution_time timestamptz not null, picked boolean not null, picked_by text,
            last_success timestamptz, last_failure timestamptz, consecutive_failures int,
            last_heartbeat timestamptz, version bigint not null, priority smallint,
            primary key (task_name, task_instance))
          """);
      statement.execute("create index on scheduled_tasks (execution_time)");
      statement.execute("create index on scheduled_tasks (last_heartbeat)");
    }
  }

  /** Rates from the first task to the last completion. */
  private void drain(int jobs, int threads, int millis)
      throws IOException, InterruptedException, SQLException {
    int cold = Math.min(COLD, jobs / 2);
    AtomicIntegerArray runs = new AtomicIntegerArray(jobs);
    Moments moments = new Moments(cold, jobs);
    OneTimeTask<Integer> task =
        Tasks.oneTime("job", Integer.class)
            .execute((instance, _) -> {
              moments.begin();
              runs.incrementAndGet(instance.getData());
              sleep(millis);
            });
    Scheduler scheduler =
        builder(threads, task)
            .addSchedulerListener(
                new AbstractSchedulerListener() {
                  @Override
                  public void onExecutionComplete(ExecutionComplete complete) {
                    moments.complete();
                  }
                })
            .build();
    schedule(scheduler, task, 0, jobs);
    begin();
    scheduler.start();
    moments.await();
    String figures = moments.figures();
    if (waiting() != 0 || IntStream.range(0, jobs).anyMatch(i -> runs.get(i) != 1)) {
      throw new IllegalStateException("not every job ran exactly once");
    }
    answer(figures);
    scheduler.stop();
  }

  private SchedulerBuilder builder(int threads, OneTimeTask<?> task) {
    return Scheduler.create(database, task)
        .threads(threads)
        .pollingInterval(POLLING)
        .pollUsingLockAndFetch(0.5, 4.0);
  }

  private static void sleep(int millis) {
    try {
      if (millis > 0) {
        Thread.sleep(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void schedule(Scheduler scheduler, OneTimeTask<Integer> task, int from, int jobs) {
    for (int i = from; i < from + jobs; i += 1_000) {
      List<TaskInstance<?>> batch = new ArrayList<>();
      for (int n = i; n < Math.min(from + jobs, i + 1_000); n++) {
        batch.add(task.instance(String.valueOf(n), n));
      }
      scheduler.scheduleBatch(batch, Instant.now());
    }
  }

  private long waiting() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from scheduled_tasks")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** Single, in parallel and in batches, after a warm-up of each. */
  private void enqueue(int single, int parallel, int bulk)
      throws IOException, InterruptedException {
    OneTimeTask<Integer> task = Tasks.oneTime("job", Integer.class).execute((_, _) -> {});
    Scheduler scheduler = builder(1, task).build();
    AtomicInteger next = new AtomicInteger();
    IntConsumer one = n -> scheduler.scheduleIfNotExists(task.instance("s" + n, n), Instant.now());
    begin();
    double singleRate = 0;
    double parallelRate = 0;
    double bulkRate = 0;
    for (int part : List.of(3, 1)) {
      singleRate = rate(single / part, jobs -> inParallel(jobs, 1, next, one));
      parallelRate = rate(parallel / part, jobs -> inParallel(jobs, 100, next, one));
      bulkRate = rate(bulk / part, jobs -> schedule(scheduler, task, next.getAndAdd(jobs), jobs));
    }
    answer(
        String.format(
            Locale.ROOT,
            "{\"single\":%f,\"parallel\":%f,\"bulk\":%f}",
            singleRate,
            parallelRate,
            bulkRate));
  }

  private static double rate(int jobs, IntConsumer action) {
    long started = System.nanoTime();
    action.accept(jobs);
    return jobs * 1e9 / (System.nanoTime() - started);
  }

  private static void inParallel(int jobs, int inFlight, AtomicInteger next, IntConsumer action) {
    int last = next.get() + jobs;
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      callers.add(
          Thread.startVirtualThread(() -> {
            for (int n = next.getAndIncrement(); n < last; n = next.getAndIncrement()) {
              action.accept(n);
            }
          }));
    }
    try {
      for (Thread caller : callers) {
        caller.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    next.set(last);
  }

  /** One job at a time, with immediate execution, by which the scheduling process is the worker. */
  private void pickUp(int jobs, int threads) throws IOException, InterruptedException {
    BlockingQueue<Long> pickUps = new ArrayBlockingQueue<>(1);
    OneTimeTask<Long> task =
        Tasks.oneTime("job", Long.class)
            .execute((instance, _) -> pickUps.add(System.nanoTime() - instance.getData()));
    Scheduler scheduler = builder(threads, task).enableImmediateExecution().build();
    scheduler.start();
    begin();
    Random random = new Random(1);
    List<Long> found = new ArrayList<>();
    for (int i = -5 * jobs; i < jobs; i++) {
      if (i >= 0) {
        Thread.sleep(random.nextInt(10, 40));
      }
      scheduler.scheduleIfNotExists(task.instance("p" + i, System.nanoTime()), Instant.now());
      long took = pickUps.take();
      if (i >= 0) {
        found.add(took);
      }
    }
    found.sort(null);
    answer(
        String.format(
            Locale.ROOT,
            "{\"p50\":%f,\"p99\":%f}",
            found.get(jobs / 2) / 1e6,
            found.get(jobs * 99 / 100) / 1e6));
    scheduler.stop();
  }

  private void begin() throws IOException {
    System.out.println("ready");
    var _ = input.readLine();
  }

  private void answer(String json) throws IOException {
    System.out.println(json);
    var _ = input.readLine();
  }

  /** When the first job began, when the process counted as warm, and when the last job ended. */
  private static final class Moments {
    private record Moment(long nanos, long cpuMicros) {
      static Moment now() {
        return new Moment(System.nanoTime(), ProcessUsage.ofThisProcess().cpuMicros());
      }
    }

    private final int cold;
    private final int jobs;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Moment first = Moment.now();
    private volatile Moment warm = first;
    private volatile Moment last = first;

    Moments(int cold, int jobs) {
      this.cold = cold;
      this.jobs = jobs;
    }

    void begin() {
      if (begun.getAndIncrement() == 0) {
        first = Moment.now();
      }
    }

    void complete() {
      int n = completed.incrementAndGet();
      if (n == cold) {
        warm = Moment.now();
      }
      if (n == jobs) {
        last = Moment.now();
        end.countDown();
      }
    }

    void await() throws InterruptedException {
      end.await();
    }

    String figures() {
      double all = jobs;
      return String.format(
          Locale.ROOT,
          "{\"rate\":%f,\"coldRate\":%f,\"warmRate\":%f,\"cpu\":%f,\"warmCpu\":%f,\"seconds\":%f}",
          all * 1e9 / (last.nanos() - first.nanos()),
          cold * 1e9 / (warm.nanos() - first.nanos()),
          (all - cold) * 1e9 / (last.nanos() - warm.nanos()),
          (last.cpuMicros() - first.cpuMicros()) / all,
          (last.cpuMicros() - warm.cpuMicros()) / (all - cold),
          (last.nanos() - first.nanos()) / 1e9);
    }
  }
}
