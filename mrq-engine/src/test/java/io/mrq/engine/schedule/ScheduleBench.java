package io.mrq.engine.schedule;

import io.mrq.client.JobClient;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.schedule.Recurrence;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleEnqueuer;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.Schedules;
import io.mrq.schedule.SlotOutcome;
import io.mrq.schedule.SlotRecord;
import io.mrq.schedule.SlotTimes;
import io.mrq.task.TaskCatalog;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Schedulers over one store in memory, whose clock the test moves. */
final class ScheduleBench {
  static final SlotTimes TIMES =
      new SlotTimes(expression -> {
        throw new IllegalArgumentException("no cron here: " + expression);
      });

  final MutableClock clock = MutableClock.create();
  final InMemoryStore store = new InMemoryStore(clock);
  final JobDispatcher dispatcher = new JobDispatcher(new InMemoryDispatchIndex());
  final List<MaintenanceEvent> events = new ArrayList<>();
  final Schedules schedules = new Schedules(store.schedules(), TIMES, client(clock));

  JobClient client(InstantSource local) {
    return new JobClient(
        new JobClient.Ports(store.jobs(), store.queries(), store.keys(), dispatcher),
        TaskCatalog.EMPTY,
        JobClient.Observers.NONE,
        local,
        Runnable::run);
  }

  RecurringJobEnqueuer scheduler() {
    return scheduler(store.schedules(), clock);
  }

  /** A scheduler that sees the schedules through this store, and has a clock of its own. */
  RecurringJobEnqueuer scheduler(ScheduleStore seen, InstantSource local) {
    return new RecurringJobEnqueuer(
        seen,
        store.jobs(),
        new ScheduleEnqueuer(seen, client(local)),
        TIMES,
        events::add,
        () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
  }

  static ScheduleDefinition.Builder every(Duration period) {
    return define(new Every(period));
  }

  static ScheduleDefinition.Builder define(Recurrence recurrence) {
    return ScheduleDefinition.builder("s", "tests.Sample", recurrence);
  }

  Schedule schedule() {
    return schedules.find("s").orElseThrow(() -> new AssertionError("no schedule"));
  }

  List<SlotOutcome> outcomes() {
    return schedule().history().stream().map(SlotRecord::outcome).toList();
  }

  List<Job> jobs() {
    return store.queries().list(JobFilter.ALL, null, 2000);
  }

  void end(JobId id) {
    Claim claim = Claim.by(WorkerId.next());
    store.jobs().claim(claim, "default", List.of(id), clock.instant());
    Job job = store.queries().find(id).orElseThrow();
    Completion end =
        Completion.of(
            job, claim, new JobOutcome.Succeeded(null), Retention.DEFAULT, clock.instant());
    store.jobs().complete(List.of(store.jobs().prepare(end)));
  }
}
