package io.mrq.engine.claim;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.complete.Completers;
import io.mrq.engine.complete.JobCompleter;
import io.mrq.engine.complete.OutcomeEncoder;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.DocumentHome;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.recovery.RunAudit;
import io.mrq.engine.run.HoldAhead;
import io.mrq.engine.run.JobExecutor;
import io.mrq.engine.run.JobTimeouts;
import io.mrq.engine.run.RunRevoker;
import io.mrq.engine.run.RunTracing;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.queue.ServedQueues;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Jobs that cannot be started, or whose outcome found no memory: slots and jobs are accounted for.
 */
class StartingJobsTest {
  private static final int SLOTS = 3;

  private final MutableClock clock = MutableClock.create();
  private final AtomicLong nanos = new AtomicLong();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final JobDispatcher offers = new JobDispatcher(new InMemoryDispatchIndex());
  private final WorkerSlots slots = new WorkerSlots(SLOTS);
  private final RunningJobs runs = new RunningJobs();
  private final WorkerLease lease = new WorkerLease(nanos::get);
  private final AtomicBoolean noThread = new AtomicBoolean();
  private WorkerEvents events = WorkerEvents.NONE;
  private final List<Thread> threads = new ArrayList<>();
  private final RunHome home = new DocumentHome(memory.jobs());
  private final OutcomeEncoder encoder = new OutcomeEncoder(clock, nanos::get);
  private final JobCompleter completer =
      new JobCompleter(
          home, offers, encoder, runs, JobLogs.off(), WorkerEvents.NONE, clock, nanos::get, SLOTS);
  private final Completers outcomes = new Completers(encoder, Map.of(home, completer));
  private final JobTimeouts timeouts =
      new JobTimeouts(runs, outcomes, Duration.ofSeconds(5), nanos::get);

  private JobClaimer claimer() {
    TaskRegistry tasks =
        new TaskRegistry(
            List.of(new TaskDefinition("tests.Sample", TaskSettings.DEFAULT, _ -> "done")));
    JobExecutor executor =
        new JobExecutor(
            tasks,
            List.of(),
            runs,
            JobLogs.off(),
            RunTracing.NONE,
            slots,
            outcomes,
            this::thread,
            events,
            clock,
            nanos::get);
    HeldJobs held =
        new HeldJobs(executor::start, slots, HoldAhead.off(), lease, offers, clock, nanos::get);
    return new JobClaimer(
        ServedQueues.of(List.of("default")),
        memory.jobs(),
        lease,
        runs,
        home,
        slots,
        new UnknownTasks(_ -> true, memory.jobs(), memory.parked(), List::of, () -> {}, clock),
        held,
        Runnable::run,
        () -> {},
        WorkerEvents.NONE,
        clock);
  }

  private Thread thread(RunningJob running, Runnable body) {
    if (noThread.get()) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    Thread thread = Thread.ofVirtual().unstarted(body);
    threads.add(thread);
    return thread;
  }

  private List<JobId> stored(int count) {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NewJob job = aNewJob().path("tests.Sample").queue("default").build();
      memory.jobs().insert(List.of(job));
      ids.add(job.id());
    }
    return ids;
  }

  private Job job(JobId id) {
    return memory.queries().find(id).orElseThrow();
  }

  // JOB-18
  @Test
  void aJobForWhichNoThreadCanBeMadeWaitsAndFreesItsSlot() throws InterruptedException {
    noThread.set(true);
    List<JobId> ids = stored(2);

    int reserved = slots.reserve(2);
    int kept = claimer().claim("default", ids).kept();
    slots.release(reserved - kept);
    completer.step();

    assertThat(slots.free()).isEqualTo(SLOTS);
    assertThat(runs.isEmpty()).isTrue();
    for (JobId id : ids) {
      assertThat(job(id).status()).isEqualTo(JobStatus.RETRY);
      assertThat(job(id).retryCount()).as("it was never started").isZero();
    }
  }

  @Test
  void aJobWhoseStartFailsHalfwayIsKnownToNobodyAndGoesBackToItsQueue()
      throws InterruptedException {
    events =
        event -> {
          if (event instanceof WorkerEvent.Started) {
            throw new OutOfMemoryError("while it starts");
          }
        };
    JobId id = stored(1).getFirst();
    RunRevoker taken = new RunRevoker(runs, outcomes, WorkerEvents.NONE, nanos::get);
    RunAudit audit = new RunAudit(home, offers, runs, lease, taken, clock, Duration.ofSeconds(1));

    assertThat(slots.reserve(1)).isEqualTo(1);
    Claimed claimed = claimer().claim("default", List.of(id));
    audit.step();

    assertThat(claimed).isEqualTo(new Claimed(1, false));
    assertThat(slots.free()).as("the place that it kept is free again").isEqualTo(SLOTS);
    assertThat(runs.isEmpty()).isTrue();
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void thereAreNeverMoreFreeSlotsThanThereAre() {
    slots.release(7);

    assertThat(slots.free()).isEqualTo(SLOTS);
    assertThat(slots.reserve(100)).isEqualTo(SLOTS);
  }

  @Test
  void aRunWhoseEndCouldNotBeNotedIsEndedByTheTimeouts() throws InterruptedException {
    List<JobId> ids = stored(1);
    RunningJob running = claimed(ids.getFirst());
    running.bodyEnded();

    timeouts.step();
    completer.step();

    assertThat(job(ids.getFirst()).exceptiontype()).isEqualTo("OutcomeLost");
    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void anOutcomeThatCouldNotBeSubmittedIsSubmittedAfterTheGracePeriod()
      throws InterruptedException {
    List<JobId> ids = stored(1);
    RunningJob running = claimed(ids.getFirst());
    running.decide(new RunningJob.Ending.ToStore(new JobOutcome.Succeeded("done")), nanos.get());
    running.bodyEnded();
    running.submitOnce();
    running.submitAgain();

    timeouts.step();
    assertThat(runs.isEmpty()).isFalse();
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    timeouts.step();
    completer.step();

    assertThat(job(ids.getFirst()).status()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void theTimeOfARunIsMeasuredByAClockThatDoesNotJump() throws InterruptedException {
    List<JobId> ids = stored(1);
    RunningJob running = claimed(ids.getFirst());
    clock.advance(Duration.ofDays(1));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    running.decide(new RunningJob.Ending.ToStore(new JobOutcome.Succeeded(1)), nanos.get());
    running.bodyEnded();
    completer.submit(running);
    completer.step();

    assertThat(job(ids.getFirst()).totaltime()).isEqualTo(Duration.ofSeconds(2));
  }

  private RunningJob claimed(JobId id) {
    Claim claim = Claim.by(lease.id());
    memory.jobs().claim(claim, "default", List.of(id), clock.instant());
    Job job = memory.jobs().claimed(claim, List.of(id)).getFirst();
    RunningJob running = new RunningJob(job, claim, home, TaskSettings.DEFAULT, nanos.get());
    runs.add(running);
    return running;
  }
}
