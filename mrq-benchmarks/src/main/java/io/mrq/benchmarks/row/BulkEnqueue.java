package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;

/** Jobs enqueued by the client in batches of 1,000. */
final class BulkEnqueue implements Row {
  @Override
  public String id() {
    return "bulk-enqueue";
  }

  @Override
  public String summary() {
    return "enqueues by the client in batches of 1,000";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int jobs = setup.jobs(50_000, 10_000);
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores)) {
      Enqueuing enqueuing = new Enqueuing(application, stores, figures);
      int total = 0;
      for (int round = 0; round <= setup.rounds(); round++) {
        int first = total;
        enqueuing.count(
            "batches of 1,000",
            jobs,
            round > 0,
            () -> application.fill(jobs, n -> EnqueueingApplication.noop(first + n)));
        total += jobs;
      }
      enqueuing.runAll(setup, total);
    }
    return figures.row(id(), "%,d jobs in batches of 1,000".formatted(jobs));
  }
}
