package io.mrq.client;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client over ports in memory, and a task {@code mails.Send} with settings of its own. */
final class ClientFixture {
  static final Retention MAIL_RETENTION =
      new Retention(
          Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(3), Duration.ofHours(4));

  final MutableClock clock = MutableClock.create();
  final InMemoryStore store = new InMemoryStore(clock);
  final InMemoryDispatchIndex index = new InMemoryDispatchIndex(clock, 10_000);
  final ScriptedJobStore scripted = new ScriptedJobStore(store.jobs());
  final JobDispatcher dispatcher = new JobDispatcher(index);
  final TaskCatalog tasks = new TaskRegistry(List.of(mails())).catalog();
  final List<JobId> enqueued = new CopyOnWriteArrayList<>();
  final List<JobId> scheduled = new CopyOnWriteArrayList<>();
  final List<JobId> deduplicated = new CopyOnWriteArrayList<>();
  final JobClient.Ports ports =
      new JobClient.Ports(scripted, store.queries(), store.keys(), dispatcher);
  final JobClient client =
      new JobClient(
          ports,
          tasks,
          new JobClient.Observers(new Recorded(), SendTracing.NONE),
          clock,
          Runnable::run);

  Job job(JobId id) {
    return store.queries().find(id).orElseThrow(() -> new AssertionError("no job " + id));
  }

  boolean isStored(JobId id) {
    return store.queries().find(id).isPresent();
  }

  private static TaskDefinition mails() {
    TaskSettings settings =
        TaskSettings.builder()
            .queue("mails")
            .timeout(Duration.ofMinutes(5))
            .retention(MAIL_RETENTION)
            .build();
    return new TaskDefinition("mails.Send", settings, params -> params);
  }

  private final class Recorded implements EnqueueEvents {
    @Override
    public void enqueued(NewJob job) {
      enqueued.add(job.id());
    }

    @Override
    public void scheduled(NewJob job) {
      scheduled.add(job.id());
    }

    @Override
    public void deduplicated(NewJob job) {
      deduplicated.add(job.id());
    }
  }
}
