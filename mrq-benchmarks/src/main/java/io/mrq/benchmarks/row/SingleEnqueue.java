package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
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
      Enqueuing enqueuing = new Enqueuing(application, stores, figures);
      int total = 0;
      for (int round = 0; round <= setup.rounds(); round++) {
        int first = total;
        enqueuing.count(
            "one in flight", single, round > 0, () -> oneByOne(application, first, single));
        enqueuing.count(
            IN_FLIGHT + " in flight",
            parallel,
            round > 0,
            () -> inParallel(application, first + single, parallel));
        total += single + parallel;
      }
      enqueuing.runAll(setup, total);
    }
    return figures.row(
        id(),
        "%,d jobs one by one, %,d with %d calls in flight".formatted(single, parallel, IN_FLIGHT));
  }

  private static void oneByOne(EnqueueingApplication application, int first, int jobs) {
    for (int i = first; i < first + jobs; i++) {
      var _ = application.client().enqueue(EnqueueingApplication.noop(i));
    }
  }

  private static void inParallel(EnqueueingApplication application, int first, int jobs)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger(first);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < IN_FLIGHT; i++) {
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
