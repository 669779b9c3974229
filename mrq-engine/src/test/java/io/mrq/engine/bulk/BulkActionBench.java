package io.mrq.engine.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkActions;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import io.mrq.task.TaskCatalog;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bulk actions over stores in memory, with hooks around each move. */
abstract class BulkActionBench {
  static final BulkFilter FAILED = BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.FAILED)));

  // Ids carry the system's time; all that a test makes lies before the clock's.
  final MutableClock clock = MutableClock.at(JobId.next().date().plus(Duration.ofHours(1)));
  final InMemoryStore store = new InMemoryStore(clock);
  final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  final AtomicLong nanos = new AtomicLong();
  final BulkActions actions = new BulkActions(store.actions(), store.bulk(), clock);
  @Nullable Runnable beforeMove;
  @Nullable Runnable afterMove;

  BulkActionRunner runner() {
    BulkMoves hooked = hooked();
    return new BulkActionRunner(
        store.actions(),
        hooked,
        new BatchMover(hooked, new JobDispatcher(index), TaskCatalog.EMPTY),
        MaintenanceEvents.NONE,
        clock,
        nanos::get);
  }

  void run(BulkActionRunner runner) {
    for (int pass = 0; pass < 1000 && !store.actions().open(1).isEmpty(); pass++) {
      nanos.addAndGet(1_000_000_000);
      runner.pass();
    }
  }

  BulkAction started(Kind kind, BulkFilter filter, @Nullable String queue) {
    BulkAction action = actions.prepare(kind, filter, queue, "operator");
    actions.start(action);
    return action;
  }

  BulkAction find(BulkAction action) {
    return actions.find(action.id()).orElseThrow();
  }

  BulkAction ended(BulkAction action) {
    BulkAction now = find(action);
    assertThat(now.status().isOpen()).isFalse();
    assertThat(now.ended()).isEqualTo(clock.instant());
    return now;
  }

  List<JobId> jobs(int count, JobStatus status, String queue) {
    List<JobId> ids = new ArrayList<>(count);
    IntStream.range(0, count)
        .forEach(_ -> ids.add(store(JobBuilder.aJob().status(status).queue(queue))));
    return ids;
  }

  JobId store(Job.Builder builder) {
    Job job = builder.id(JobId.next()).build();
    store.insertAsIs(job);
    return job.id();
  }

  Job job(JobId id) {
    return store.queries().find(id).orElseThrow();
  }

  List<JobId> in(JobStatus status) {
    return store.queries().list(JobFilter.ALL.statuses(Set.of(status)), null, 100_000).stream()
        .map(Job::id)
        .toList();
  }

  static void die() {
    throw new Killed();
  }

  /** What ends a runner between two steps, as kill -9 does. */
  static final class Killed extends Error {
    static final long serialVersionUID = 1L;
  }

  BulkMoves hooked() {
    return (BulkMoves)
        Proxy.newProxyInstance(
            BulkMoves.class.getClassLoader(),
            new Class<?>[] {BulkMoves.class},
            (_, method, args) -> {
              boolean move =
                  method.getName().equals("requeue") || method.getName().equals("cancel");
              Runnable before = beforeMove;
              if (move && before != null) {
                before.run();
              }
              Object answer;
              try {
                answer = method.invoke(store.bulk(), args);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
              Runnable after = afterMove;
              if (move && after != null) {
                after.run();
              }
              return answer;
            });
  }
}
