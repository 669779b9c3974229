package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.ProcessUsage;
import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.worker.SentCommands;
import java.util.function.Supplier;

/** Measures one way of enqueuing, and has all jobs run in the end, to check them. */
final class Enqueuing {
  /** Something that may be interrupted. */
  @FunctionalInterface
  interface Action {
    void run() throws InterruptedException;
  }

  private final EnqueueingApplication application;
  private final Stores stores;
  private final Figures figures;

  Enqueuing(EnqueueingApplication application, Stores stores, Figures figures) {
    this.application = application;
    this.stores = stores;
    this.figures = figures;
  }

  /**
   * Adds rate and CPU of a call of this process.
   *
   * @param caller tells what the enqueuing process has used
   * @param counted whether this is not the round that warms up
   */
  void measure(String how, int jobs, boolean counted, Supplier<ProcessUsage> caller, Action enqueue)
      throws InterruptedException {
    long callerCpu = caller.get().cpuMicros();
    long storeCpu = stores.mongoUsage().cpuMicros();
    long started = System.nanoTime();
    enqueue.run();
    double seconds = (System.nanoTime() - started) / 1e9;
    if (!counted) {
      return;
    }
    double all = jobs;
    figures.add(how + ": rate", "jobs/s", jobs / seconds);
    figures.add(
        how + ": enqueuing process, CPU of a job",
        "µs",
        (caller.get().cpuMicros() - callerCpu) / all);
    figures.addKnown(
        how + ": store, CPU of a job", "µs", (stores.mongoUsage().cpuMicros() - storeCpu) / all);
  }

  /** Measures the client of this process, and counts the commands that it sends. */
  void count(String how, int jobs, boolean counted, Action enqueue) throws InterruptedException {
    SentCommands before = application.commands();
    measure(how, jobs, counted, ProcessUsage::ofThisProcess, enqueue);
    if (counted) {
      SentCommands sent = application.commands().since(before);
      double all = jobs;
      figures.add(
          how + ": MongoDB commands a job", "commands", sent.total(SentCommands.MONGODB) / all);
      figures.add(how + ": Redis commands a job", "commands", sent.total(SentCommands.REDIS) / all);
    }
  }

  /** Runs every job that was enqueued, and checks it. */
  void runAll(Setup setup, int jobs) throws InterruptedException {
    application.pause();
    try (Workers workers = setup.workers(stores)) {
      var _ = Drain.of(jobs, workers, stores, application::resume);
      Delivery.check(application, workers, jobs, jobs);
    }
    figures.note(Delivery.NOTE + " For that, a worker drained them afterwards.");
  }
}
