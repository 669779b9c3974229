package io.mrq.testing;

import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.client.TaskRequest;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.log.JobLogLine;
import io.mrq.log.JobLogStore;
import io.mrq.query.JobFilter;
import io.mrq.query.JobQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs jobs in a test, one after another. It is a bean of every test with {@link MrqTest} or {@link
 * AutoConfigureMrq}, and belongs to the thread of the test.
 *
 * <p>A job runs by the code of a worker: params are bound and checked, interceptors are called,
 * exceptions make it fail or retry, and its outcome is stored. Each run has a thread of its own,
 * and the call returns when the outcome is stored. Jobs run in the order of their priorities and
 * dates, those of all queues together. Jobs in paused queues, and jobs of tasks that the context
 * does not have, stay queued.
 *
 * <p>Time stands still while jobs run. Only {@link #advance}, {@link #runUntilFinished} and the
 * test itself move {@link #clock()}; the timeout of a run goes by the clock on the wall. A run that
 * takes longer than a minute fails the test with an {@link AssertionError} that shows where it was.
 */
public final class MrqTester {
  private static final int MAX_RUNS = 10_000;
  private static final int MAX_JOBS = 100_000;
  private static final int MAX_LINES = 100_000;

  private final JobClient client;
  private final JobQueries queries;
  private final JobLogStore logs;
  private final NextJob next;
  private final DueJobs due;
  private final JobRunner runner;
  private final TestClock clock;

  MrqTester(
      JobClient client,
      JobQueries queries,
      JobLogStore logs,
      NextJob next,
      DueJobs due,
      JobRunner runner,
      TestClock clock) {
    this.client = client;
    this.queries = queries;
    this.logs = logs;
    this.next = next;
    this.due = due;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Enqueues a job and runs it once, before all others.
   *
   * @param request a job without a delay, of a task that the context has
   * @return the job after this run: it may have ended, or wait for a retry
   * @throws io.mrq.client.InvalidBatchException when the job cannot be enqueued
   * @throws AssertionError when the job cannot run now
   */
  public Job run(JobRequest request) {
    return runNow(client.enqueue(request).id());
  }

  /**
   * Enqueues a job of a task that is named by its code, and runs it as {@link #run(JobRequest)}
   * does.
   */
  public Job run(TaskRequest<?> request) {
    return runNow(client.enqueue(request).id());
  }

  private Job runNow(JobId id) {
    Job job = job(id);
    Long order = job.order();
    if (job.status() != JobStatus.QUEUED || order == null) {
      throw new AssertionError(
          "job %s of %s cannot run now: its status is %s; a delayed job runs when advance() has come to its date"
              .formatted(job.id(), job.path(), job.status().text()));
    }
    return run(new ReadyJob(job.id(), job.queue(), order)).orElseThrow();
  }

  /**
   * Runs jobs until none is queued, including those that other jobs enqueue meanwhile. Retries and
   * delayed jobs run if they are due now, and so do the jobs of schedules.
   *
   * @return each run with the job as it was after it, in the order of the runs; a job that ran
   *     twice is in there twice
   * @throws AssertionError after 10,000 runs, since then jobs enqueue jobs without end
   */
  public List<Job> runUntilIdle() {
    return runUntilIdle(MAX_RUNS);
  }

  List<Job> runUntilIdle(int maxRuns) {
    List<Job> ran = new ArrayList<>();
    due.queue();
    Optional<ReadyJob> ready;
    while ((ready = next.find()).isPresent()) {
      run(ready.get()).ifPresent(ran::add);
      if (ran.size() >= maxRuns) {
        throw new AssertionError(
            "%d jobs have run without an end, the last one of %s: do jobs enqueue jobs for ever?"
                .formatted(maxRuns, ran.getLast().path()));
      }
      due.queue();
    }
    return ran;
  }

  /**
   * Lets time pass. On the way the clock stops at each moment at which a retry, a delayed job or a
   * slot of a schedule is due, and everything runs as {@link #runUntilIdle} does it; then it goes
   * on. What is queued already runs before the clock moves.
   *
   * @param time how much time passes; not negative
   * @return the runs, as {@link #runUntilIdle} returns them
   */
  public List<Job> advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not pass backwards: " + time);
    }
    Instant end = clock.instant().plus(time);
    List<Job> ran = new ArrayList<>(runUntilIdle());
    Optional<Instant> stop;
    while ((stop = due.nextUntil(end)).isPresent()) {
      clock.set(stop.get());
      ran.addAll(runUntilIdle());
    }
    clock.set(end);
    return ran;
  }

  /**
   * Lets as much time pass as retries and delayed jobs need, until none is left. Slots of schedules
   * that are due on the way run, too; schedules alone do not make it go on.
   *
   * @return the runs, as {@link #runUntilIdle} returns them
   * @throws AssertionError after 10,000 runs
   */
  public List<Job> runUntilFinished() {
    List<Job> ran = new ArrayList<>(runUntilIdle());
    Optional<Instant> retry;
    while ((retry = due.nextRetry()).isPresent()) {
      ran.addAll(advance(Duration.between(clock.instant(), retry.get())));
      if (ran.size() >= MAX_RUNS) {
        throw new AssertionError(
            "%d jobs have run, and there are still more that wait".formatted(MAX_RUNS));
      }
    }
    return ran;
  }

  /** Returns the clock of MRQ in this test. */
  public TestClock clock() {
    return clock;
  }

  /**
   * Returns a job as it is stored now.
   *
   * @throws AssertionError when there is none with this id
   */
  public Job job(JobId id) {
    return queries
        .find(id)
        .orElseThrow(() -> new AssertionError("there is no job with the id " + id));
  }

  /** Returns all jobs, whatever their statuses, in the order of their ids. */
  public List<Job> jobs() {
    return queries.list(JobFilter.ALL, null, MAX_JOBS).reversed();
  }

  /** Returns all jobs of a task, whatever their statuses, in the order of their ids. */
  public List<Job> jobs(String path) {
    return queries.list(JobFilter.ALL.path(path), null, MAX_JOBS).reversed();
  }

  /** Returns the messages that the runs of a job have logged through SLF4J, oldest first. */
  public List<String> log(JobId id) {
    return logs.tail(id, MAX_LINES).lines().stream().map(JobLogLine::message).toList();
  }

  private Optional<Job> run(ReadyJob ready) {
    return runner.run(ready) ? Optional.of(job(ready.id())) : Optional.empty();
  }
}
