package io.mrq.engine.worker;

import static org.awaitility.Awaitility.await;

import io.mrq.client.ActionEvents;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.log.JobLogLimits;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.run.RunTracing;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.log.JobLogStore;
import io.mrq.queue.ServedQueues;
import io.mrq.task.TaskBody;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A worker on in-memory stores, its tasks, and a client that enqueues for it. */
public final class WorkerBench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final InstantSource CLOCK = InstantSource.system();

  public final InMemoryStore memory = new InMemoryStore();
  public final FaultyJobStore jobs = new FaultyJobStore(memory.jobs());
  public final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  public final JobDispatcher offers = new JobDispatcher(index);
  public final Queue<Job> refused = new ConcurrentLinkedQueue<>();
  public final AtomicInteger linesDropped = new AtomicInteger();
  public JobLogStore logs = memory.logs();
  public Duration logPatience = PATIENCE;
  public JobLogLimits limits = JobLogLimits.DEFAULT;
  public RunTracing tracing = RunTracing.NONE;
  public WorkerEvents listener = WorkerEvents.NONE;
  private volatile @Nullable JobLogs startedLogs;
  private final WorkerEvents events =
      event -> {
        switch (event) {
          case WorkerEvent.Refused(Job job) -> refused.add(job);
          case WorkerEvent.LogLinesDropped(int lines) -> linesDropped.addAndGet(lines);
          default -> {}
        }
      };
  private final List<TaskDefinition> tasks = new ArrayList<>();
  private final List<TaskInterceptor> interceptors = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();

  public WorkerBench task(String path, TaskBody body) {
    return task(path, TaskSettings.DEFAULT, body);
  }

  public WorkerBench task(String path, TaskSettings settings, TaskBody body) {
    tasks.add(new TaskDefinition(path, settings, body));
    return this;
  }

  /** Takes a task away from workers that start from now on, and gives them another. */
  public WorkerBench replaceTask(String path, String other, TaskBody body) {
    tasks.removeIf(task -> task.path().equals(path));
    return task(other, body);
  }

  public WorkerBench interceptor(TaskInterceptor interceptor) {
    interceptors.add(interceptor);
    return this;
  }

  public Worker start() {
    return start(WorkerOptions.of("test", ServedQueues.of(List.of("default")), 10));
  }

  /** The logs of the worker that was started last. */
  public JobLogs startedLogs() {
    return Objects.requireNonNull(startedLogs);
  }

  /** Starts a worker whose periods are short, as tests want them. */
  public Worker start(WorkerOptions options) {
    Duration quick = Duration.ofMillis(50);
    return startAsTold(
        options.with(
            options
                .periods()
                .with(WorkerPeriod.BEAT, quick)
                .with(WorkerPeriod.AUDIT, quick)
                .with(WorkerPeriod.PROGRESS, quick)));
  }

  /** Starts a worker with just these periods. */
  public Worker startAsTold(WorkerOptions options) {
    JobLogs started = JobLogs.to(logs, limits, events, CLOCK, logPatience);
    startedLogs = started;
    Worker worker =
        new Worker(
            options,
            new Worker.Ports(
                jobs.store(), memory.workers(), memory.pauses(), memory.parked(), index, offers),
            new TaskRegistry(tasks),
            interceptors,
            new Worker.Observers(WorkerEvents.all(List.of(events, listener)), started, tracing),
            CLOCK);
    workers.add(worker);
    worker.start();
    return worker;
  }

  public JobClient client() {
    return new JobClient(
        new JobClient.Ports(memory.jobs(), memory.queries(), memory.keys(), offers),
        new TaskRegistry(tasks).catalog(),
        JobClient.Observers.NONE,
        CLOCK,
        Runnable::run);
  }

  public JobActions actions() {
    return new JobActions(
        memory.queries(),
        memory.moves(),
        offers,
        new TaskRegistry(tasks).catalog(),
        ActionEvents.NONE,
        CLOCK);
  }

  public JobId enqueue(String path) {
    return enqueue(path, r -> r);
  }

  public JobId enqueue(String path, UnaryOperator<JobRequest> more) {
    return client().enqueue(more.apply(JobRequest.of(path))).id();
  }

  public Job job(JobId id) {
    return memory.queries().find(id).orElseThrow();
  }

  public Job awaitStatus(JobId id, JobStatus status) {
    await().atMost(PATIENCE).until(() -> job(id).status() == status);
    return job(id);
  }

  public static void waitFor(Callable<Boolean> condition) {
    await().atMost(PATIENCE).until(condition);
  }

  @Override
  public void close() {
    workers.forEach(Worker::stop);
  }
}
