package io.mrq.service.worker.basetasks;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.bulk.BatchMover;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.task.AbortSignal;
import io.mrq.task.JobContext;
import io.mrq.task.RetryRequest;
import io.mrq.task.RetrySignal;
import io.mrq.task.TaskCatalog;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores in memory, with base tasks on them. */
final class Bench {
  final MutableClock clock = MutableClock.create();
  final InMemoryStore store = new InMemoryStore(clock);
  final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  final JobDispatcher dispatcher = new JobDispatcher(index);

  JobActionTask jobAction() {
    return new JobActionTask(
        store.queries(),
        store.bulk(),
        new BatchMover(store.bulk(), dispatcher, TaskCatalog.EMPTY),
        clock);
  }

  StartedJobsTask startedJobs() {
    return new StartedJobsTask(
        new StartedJobsTask.Ports(
            store.queries(), store.moves(), store.recovery(), store.workers(), dispatcher),
        TaskCatalog.EMPTY,
        3,
        clock);
  }

  WaitingJobsTasks waitingJobs() {
    return new WaitingJobsTasks(store.recovery(), dispatcher, clock);
  }

  LostJobsTask lostJobs() {
    return new LostJobsTask(store.recovery(), index);
  }

  /** Does JobAction as a job that is newer than all jobs until now. */
  Map<String, Object> act(Map<String, @Nullable Object> params) throws Exception {
    return act(JobId.next(), params);
  }

  Map<String, Object> act(JobId self, Map<String, @Nullable Object> params) throws Exception {
    return ScopedValue.where(JobContext.CURRENT, new Running(self))
        .call(() -> jobAction().run(params));
  }

  Job insert(JobStatus status, UnaryOperator<Job.Builder> change) {
    Job.Builder job = JobBuilder.aJob().status(status).retryCount(2).order(1L);
    if (status != JobStatus.QUEUED) {
      job.attempt(3);
    }
    if (status.isFinal()) {
      job.dateexpires(clock.instant().plusSeconds(3600));
    }
    Job built = change.apply(job).build();
    store.insertAsIs(built);
    return built;
  }

  Job insert(JobStatus status) {
    return insert(status, job -> job);
  }

  /** A job that a worker has been running for a while. */
  Job started(WorkerId worker, Duration since, Duration timeout) {
    Instant began = clock.instant().minus(since);
    return insert(JobStatus.STARTED, job -> job.worker(worker).datestarted(began).timeout(timeout));
  }

  List<Job> insert(int count, JobStatus status, UnaryOperator<Job.Builder> change) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(insert(status, change));
    }
    return jobs;
  }

  Job job(Job before) {
    return store.queries().find(before.id()).orElseThrow();
  }

  long count(JobStatus status) {
    return store.queries().count(JobFilter.ALL.statuses(Set.of(status)), Integer.MAX_VALUE);
  }

  /** The run of the job of a base task. */
  private record Running(JobId id) implements JobContext {
    @Override
    public Job job() {
      return Job.builder(id, "mrq.basetasks.utils.JobAction", "default")
          .status(JobStatus.STARTED)
          .build();
    }

    @Override
    public boolean stopRequested() {
      return false;
    }

    @Override
    public void progress(double ratio) {}

    @Override
    public RetrySignal retry(RetryRequest request) {
      throw new RetrySignal(request.reason());
    }

    @Override
    public AbortSignal abort(String reason) {
      throw new AbortSignal(reason);
    }
  }
}
