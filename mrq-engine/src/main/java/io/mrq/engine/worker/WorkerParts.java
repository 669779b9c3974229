package io.mrq.engine.worker;

import static io.mrq.engine.worker.WorkerPeriod.AUDIT;
import static io.mrq.engine.worker.WorkerPeriod.BEAT;
import static io.mrq.engine.worker.WorkerPeriod.PAUSES;
import static io.mrq.engine.worker.WorkerPeriod.PROGRESS;

import io.mrq.engine.claim.ClaimLoads;
import io.mrq.engine.claim.HeldJobs;
import io.mrq.engine.claim.JobClaimer;
import io.mrq.engine.claim.PausedQueues;
import io.mrq.engine.claim.QueuePoller;
import io.mrq.engine.claim.UnknownTasks;
import io.mrq.engine.complete.Completers;
import io.mrq.engine.complete.JobCompleter;
import io.mrq.engine.complete.OutcomeEncoder;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerHeartbeat;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.DocumentHome;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.loop.Loop;
import io.mrq.engine.recovery.RunAudit;
import io.mrq.engine.run.HoldAhead;
import io.mrq.engine.run.JobExecutor;
import io.mrq.engine.run.JobThreads;
import io.mrq.engine.run.JobTimeouts;
import io.mrq.engine.run.ProgressWriter;
import io.mrq.engine.run.RunRevoker;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.WorkerId;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The parts of one {@link WorkerSession}, put together. A new loop is one line in {@link
 * #background}; one more watcher of the worker's events is one line in {@code events}.
 */
final class WorkerParts {
  final WorkerOptions options;
  final WorkerStore workers;
  final JobLogs logs;
  final LongAdder done = new LongAdder();
  final RunningJobs runs = new RunningJobs();
  final WorkerSlots slots;
  final WorkerLease lease;
  final WorkerReport report;
  final Completers outcomes;
  final RunAudit audit;
  final RunRevoker revoker;
  final HeldJobs held;
  final ClaimLoads loads = new ClaimLoads();
  final QueuePoller poller;

  /** Stopped first, so that nothing more is claimed. */
  final Loop polling;

  /** Started by a stop: a store that does not answer must not make it longer. */
  final Loop returning;

  final Loop committing;
  final Loop auditing;

  /** The loops that look after running jobs, stopped when the last one has ended. */
  final List<Loop> background;

  /** Stopped last: until then the worker's jobs must not be given to others. */
  final Loop beating;

  WorkerParts(
      WorkerOptions options,
      Worker.Ports ports,
      TaskRegistry tasks,
      List<TaskInterceptor> interceptors,
      Worker.Observers observers,
      InstantSource clock) {
    this.options = options;
    this.workers = ports.workers();
    this.logs = observers.logs();
    WorkerPeriods periods = options.periods();
    LongSupplier nanos = System::nanoTime;
    WorkerEvents events = WorkerEvents.all(List.of(this::count, observers.events()));
    HoldAhead ahead =
        options.holdsAhead() ? new HoldAhead(options.slots(), nanos) : HoldAhead.off();
    slots = new WorkerSlots(options.slots(), ahead);
    lease = new WorkerLease(nanos);
    report = new WorkerReport(options, slots, runs, done::sum, clock);

    RunHome documents = new DocumentHome(ports.jobs());
    OutcomeEncoder encoder = new OutcomeEncoder(clock, nanos);
    JobCompleter completer =
        new JobCompleter(
            documents,
            ports.dispatcher(),
            encoder,
            runs,
            logs,
            events,
            clock,
            nanos,
            options.slots());
    outcomes = new Completers(encoder, Map.of(documents, completer));
    revoker = new RunRevoker(runs, outcomes, events, nanos);
    audit =
        new RunAudit(documents, ports.dispatcher(), runs, lease, revoker, clock, periods.of(AUDIT));
    ProgressWriter progress = new ProgressWriter(documents, runs, revoker, periods.of(PROGRESS));
    JobTimeouts timeouts = new JobTimeouts(runs, outcomes, options.stop().grace(), nanos);
    WorkerHeartbeat heartbeat =
        new WorkerHeartbeat(
            workers, lease, report::whole, this::leaseLost, events, periods.of(BEAT), nanos);

    // A beat that comes late is one that a rescuer has missed: it is never put off.
    beating = new Loop("mrq-heartbeat", heartbeat::step, periods.of(BEAT));
    committing = new Loop("mrq-committer", completer::step);
    auditing = new Loop("mrq-audit", audit::step);
    background =
        List.of(
            auditing,
            new Loop("mrq-timeouts", timeouts::step),
            new Loop("mrq-progress", progress::step),
            new Loop("mrq-logs", logs::step),
            new Loop("mrq-report", () -> report.step(workers, lease)));

    JobExecutor executor =
        new JobExecutor(
            tasks,
            interceptors,
            runs,
            logs,
            observers.tracing(),
            slots,
            outcomes,
            JobThreads.byTask(),
            events,
            clock,
            nanos);
    HeldJobs.Start start =
        (job, claim, home) -> {
          executor.start(job, claim, home);
          if (!claim.worker().equals(lease.id())) {
            // The lease was lost meanwhile, and its runs were stopped before this one was known.
            revoker.stopAllOf(claim.worker());
          }
        };
    held = new HeldJobs(start, slots, ahead, lease, ports.dispatcher(), clock, nanos);
    returning = new Loop("mrq-return", held::returnAll);
    PausedQueues paused = new PausedQueues(ports.pauses(), periods.of(PAUSES), nanos);
    Predicate<String> knows = path -> tasks.find(path).isPresent();
    UnknownTasks unknown =
        new UnknownTasks(
            options.failsUnknownTasks() ? _ -> true : knows,
            ports.jobs(),
            ports.parked(),
            paused::parked,
            auditing::soon,
            clock);
    JobClaimer claimer =
        new JobClaimer(
            options.queues(),
            ports.jobs(),
            lease,
            runs,
            documents,
            slots,
            unknown,
            held,
            loads,
            auditing::soon,
            events,
            clock);
    poller =
        new QueuePoller(
            options.queues(),
            ports.index(),
            ports.dispatcher(),
            ports.jobs(),
            slots,
            held,
            paused,
            lease,
            heartbeat,
            () -> outcomes.isFull(held.size(), ahead.mostAtAll()),
            ports.parked(),
            tasks::paths,
            claimer::claim,
            nanos);
    polling = new Loop("mrq-poller", poller::step);
  }

  /** What was held goes first, or one of its jobs could begin while its runs are stopped. */
  private void leaseLost(WorkerId lost) {
    held.dropAllOf(lost);
    revoker.stopAllOf(lost);
  }

  /** All loops in the order in which they start. */
  List<Loop> loops() {
    List<Loop> loops = new ArrayList<>(List.of(beating, committing));
    loops.addAll(background);
    loops.add(polling);
    return loops;
  }

  /** Counts finished runs for the worker's document, whatever their outcome. */
  private void count(WorkerEvent event) {
    if (event instanceof WorkerEvent.Finished) {
      done.increment();
    }
  }
}
