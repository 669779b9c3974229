package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.ProcessUsage;
import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.worker.SentCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs enqueued one by one by the client: one call in flight, and 100 calls in flight. */
final class SingleEnqueue implements Row {
  private static final int IN_FLIGHT = 100;

  @Override
  public String id() {
    return "single-enqueue";
  }

  @Override
  public String summary() {
    return "single enqueues by the client, one in flight and 100 in flight";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int single = setup.jobs(10_000, 1_000);
    int parallel = setup.jobs(60_000, 5_000);
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores)) {
      int total = 0;
      // The first round of each warms the client and the store, and is not counted.
      for (int round = 0; round <= setup.rounds(); round++) {
        measure(round == 0 ? new Figures() : figures, application, stores, total, single, 1);
        total += single;
        measure(
            round == 0 ? new Figures() : figures, application, stores, total, parallel, IN_FLIGHT);
        total += parallel;
      }
      application.pause();
      try (Workers workers = setup.workers(stores)) {
        var _ = Drain.of(total, workers, stores, application::resume);
        Delivery.check(application, workers, total, total);
      }
      figures.note(Delivery.NOTE + " For that, a worker drained them afterwards.");
    }
    return figures.row(
        id(),
        "%,d jobs one by one, %,d with %d calls in flight".formatted(single, parallel, IN_FLIGHT));
  }

  private static void measure(
      Figures figures,
      EnqueueingApplication application,
      Stores stores,
      int first,
      int jobs,
      int inFlight)
      throws InterruptedException {
    SentCommands before = application.commands();
    ProcessUsage driver = ProcessUsage.of(ProcessHandle.current());
    ProcessUsage store = stores.mongoUsage();
    long started = System.nanoTime();
    if (inFlight == 1) {
      for (int i = first; i < first + jobs; i++) {
        var _ = application.client().enqueue(EnqueueingApplication.noop(i));
      }
    } else {
      enqueueInParallel(application, first, jobs, inFlight);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    String how = inFlight == 1 ? "one in flight" : inFlight + " in flight";
    figures.add("rate, " + how, "jobs/s", jobs / seconds);
    figures.add(
        "client CPU of a job, " + how,
        "µs",
        1.0 * (ProcessUsage.of(ProcessHandle.current()).cpuMicros() - driver.cpuMicros()) / jobs);
    figures.add(
        "store CPU of a job, " + how,
        "µs",
        1.0 * (stores.mongoUsage().cpuMicros() - store.cpuMicros()) / jobs);
    SentCommands sent = application.commands().since(before);
    figures.add(
        "MongoDB commands a job, " + how, "", 1.0 * sent.total(SentCommands.MONGODB) / jobs);
    figures.add("Redis commands a job, " + how, "", 1.0 * sent.total(SentCommands.REDIS) / jobs);
  }

  private static void enqueueInParallel(
      EnqueueingApplication application, int first, int jobs, int inFlight)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger(first);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      callers.add(
          Thread.startVirtualThread(() -> {
            for (int n = next.getAndIncrement(); n < first + jobs; n = next.getAndIncrement()) {
              var _ = application.client().enqueue(EnqueueingApplication.noop(n));
            }
          }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }
}
