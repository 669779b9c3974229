package io.mrq.engine.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.complete.Completers;
import io.mrq.engine.complete.JobCompleter;
import io.mrq.engine.complete.OutcomeEncoder;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.engine.recovery.LostJobRescuer;
import io.mrq.engine.recovery.RunAudit;
import io.mrq.engine.run.JobExecutor;
import io.mrq.engine.run.JobThreads;
import io.mrq.engine.run.ProgressWriter;
import io.mrq.engine.run.RunRevoker;
import io.mrq.engine.run.RunTracing;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.engine.worker.WorkerBench;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.JobContext;
import io.mrq.task.TaskBody;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.builder.NewJobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is no document goes through all steps by way of its home, beside runs that are. */
class RunsWithoutDocumentsTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final JobDispatcher dispatcher = new JobDispatcher(new InMemoryDispatchIndex());
  private final AtomicLong nanos = new AtomicLong();
  private final MemoryHome flights = new MemoryHome();
  private final RunHome documents = new DocumentHome(store.jobs());
  private final RunningJobs runs = new RunningJobs();
  private final WorkerSlots slots = new WorkerSlots(2);
  private final WorkerLease lease = new WorkerLease(nanos::get);
  private final OutcomeEncoder encoder = new OutcomeEncoder(clock, nanos::get);
  private final JobCompleter ofFlights = completer(flights);
  private final JobCompleter ofDocuments = completer(documents);
  private final Completers outcomes =
      new Completers(encoder, Map.of(flights, ofFlights, documents, ofDocuments));
  private final RunRevoker revoker = new RunRevoker(runs, outcomes, WorkerEvents.NONE, nanos::get);
  private final RunAudit audit =
      new RunAudit(flights, dispatcher, runs, lease, revoker, clock, Duration.ofSeconds(5));
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private TaskBody body = _ -> "done";

  private JobCompleter completer(RunHome home) {
    return new JobCompleter(
        home, dispatcher, encoder, runs, JobLogs.off(), WorkerEvents.NONE, clock, nanos::get, 2);
  }

  private RunningJob start(Job job, Claim claim, RunHome home) {
    assertThat(slots.reserve(1)).isEqualTo(1);
    TaskDefinition task =
        new TaskDefinition("tests.Sample", TaskSettings.DEFAULT, params -> body.run(params));
    new JobExecutor(
            new TaskRegistry(List.of(task)),
            List.of(),
            runs,
            JobLogs.off(),
            RunTracing.NONE,
            slots,
            outcomes,
            JobThreads.byTask(),
            WorkerEvents.NONE,
            clock,
            nanos::get)
        .start(job, claim, home);
    return runs.of(home).getFirst();
  }

  private RunningJob startFlight() {
    Claim claim = Claim.by(lease.id());
    Job job = JobBuilder.aJob().path("tests.Sample").status(JobStatus.STARTED).build();
    flights.flights.add(new Run(job.id(), claim));
    return start(job, claim, flights);
  }

  private RunningJob startDocument() {
    var job = NewJobBuilder.aNewJob().path("tests.Sample").queue("default").build();
    store.jobs().insert(List.of(job));
    Claim claim = Claim.by(lease.id());
    store.jobs().claim(claim, "default", List.of(job.id()), clock.instant());
    return start(store.jobs().claimed(claim, List.of(job.id())).getFirst(), claim, documents);
  }

  private void waitUntilInterrupted() {
    body =
        _ -> {
          try {
            go.await();
            return "done";
          } catch (InterruptedException e) {
            interrupted.set(true);
            throw e;
          }
        };
  }

  private void awaitFreeSlots() {
    WorkerBench.waitFor(() -> slots.free() == slots.size());
  }

  @Test
  void itsOutcomeIsStoredInItsHomeAndNowhereElse() throws InterruptedException {
    RunningJob running = startFlight();
    awaitFreeSlots();

    ofFlights.step();

    assertThat(Objects.requireNonNull(flights.outcomes.get(running.run())).transition())
        .isEqualTo(JobTransition.SUCCEED);
    assertThat(store.queries().find(running.job().id())).isEmpty();
    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void anOutcomeWhoseReplyWasLostIsLookedUpInItsHome() throws InterruptedException {
    RunningJob running = startFlight();
    awaitFreeSlots();
    flights.losesReply = true;

    ofFlights.step();
    assertThat(runs.knows(running.run())).isTrue();
    startDocument();
    ofFlights.step();

    assertThat(flights.outcomes).containsOnlyKeys(running.run());
    assertThat(runs.knows(running.run())).isFalse();
  }

  @Test
  void aHomeThatIsAwayHoldsUpNoOutcomesOfAnother() throws InterruptedException {
    RunningJob flight = startFlight();
    RunningJob document = startDocument();
    awaitFreeSlots();
    flights.away = true;

    ofFlights.step();
    ofDocuments.step();

    assertThat(store.queries().find(document.job().id()).orElseThrow().status())
        .isEqualTo(JobStatus.SUCCESS);
    assertThat(runs.of(flights)).containsExactly(flight);
  }

  @Test
  void itsProgressIsStoredInItsHome() {
    body =
        _ -> {
          JobContext.current().orElseThrow().progress(0.5);
          go.await();
          return "done";
        };
    RunningJob running = startFlight();
    ProgressWriter progress = new ProgressWriter(flights, runs, revoker, Duration.ofSeconds(1));

    WorkerBench.waitFor(() -> {
      progress.step();
      return flights.ratios.containsKey(running.run());
    });
    go.countDown();

    assertThat(flights.ratios).containsEntry(running.run(), 0.5);
  }

  @Test
  void theAuditStopsARunThatItsHomeGaveAway() {
    waitUntilInterrupted();
    RunningJob running = startFlight();
    flights.flights.clear();

    audit.step();
    audit.step();
    awaitFreeSlots();

    assertThat(interrupted).isTrue();
    assertThat(running.ending()).isInstanceOf(RunningJob.Ending.Dropped.class);
  }

  @Test
  void theAuditLeavesARunAloneWhoseHomeMayHaveForgottenIt() {
    waitUntilInterrupted();
    RunningJob running = startFlight();
    flights.flights.clear();
    flights.mayForget = true;

    audit.step();
    audit.step();

    assertThat(running.ending()).isNull();
    go.countDown();
  }

  @Test
  void theAuditOfAnotherHomeLeavesItAlone() {
    waitUntilInterrupted();
    RunningJob running = startFlight();
    RunAudit ofOthers =
        new RunAudit(documents, dispatcher, runs, lease, revoker, clock, Duration.ofSeconds(5));

    ofOthers.step();
    ofOthers.step();

    assertThat(running.ending()).isNull();
    go.countDown();
  }

  @Test
  void aRunThatTheWorkerDoesNotKnowIsPutBackByItsHome() {
    Run unknown = new Run(JobBuilder.aJob().build().id(), Claim.by(lease.id()));
    flights.flights.add(unknown);

    audit.step();

    assertThat(flights.putBack).containsExactly(unknown);
  }

  static List<RuntimeException> faultsOfAHome() {
    return List.of(
        new IllegalStateException("broken"), new StoreUnavailableException("away", null));
  }

  @ParameterizedTest
  @MethodSource("faultsOfAHome")
  void theRescueOfALostWorkerPutsItBackAlthoughAnotherHomeFails(RuntimeException fault) {
    WorkerId lost = WorkerId.next();
    Run run = new Run(JobBuilder.aJob().build().id(), Claim.by(lost));
    flights.flights.add(run);
    store.workers().register(lost, Map.of());
    assertThat(store.workers().markLost(lost, 0)).isTrue();
    MemoryHome broken =
        new MemoryHome() {
          @Override
          public Set<WorkerId> workersWithRuns() {
            throw fault;
          }
        };
    LostJobRescuer rescuer =
        new LostJobRescuer(
            List.of(broken, flights),
            store.workers(),
            dispatcher,
            0,
            TaskCatalog.EMPTY,
            MaintenanceEvents.NONE,
            clock,
            nanos::get);

    assertThatThrownBy(rescuer::pass).isSameAs(fault);

    assertThat(flights.putBack).containsExactly(run);
  }
}
