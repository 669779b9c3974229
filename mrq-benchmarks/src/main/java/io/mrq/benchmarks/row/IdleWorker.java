package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.RunningService;
import io.mrq.benchmarks.process.ShippedWorker;
import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;

/** A worker service with nothing to do, started as its image starts it. */
final class IdleWorker implements Row {
  private static final long SETTLE_MILLIS = 20_000;

  @Override
  public String id() {
    return "idle-worker";
  }

  @Override
  public String summary() {
    return "a worker service with nothing to do, as in its image: start, memory, CPU";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    long idleMillis = setup.quick() ? 5_000 : 30_000;
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        // It creates the indexes, as an API or a scheduler would have done.
        EnqueueingApplication _ = new EnqueueingApplication(stores)) {
      // The first start makes the cache.
      ShippedWorker.start(setup.place(), stores).close();
      for (int round = 1; round <= setup.rounds(); round++) {
        try (RunningService worker = ShippedWorker.start(setup.place(), stores)) {
          figures.add("start, until it is ready", "s", worker.start().toMillis() / 1e3);
          Thread.sleep(SETTLE_MILLIS);
          long cpu = worker.usage().cpuMicros();
          Thread.sleep(idleMillis);
          figures.add("CPU", "% of a core", (worker.usage().cpuMicros() - cpu) / 10.0 / idleMillis);
          figures.addKnown("memory", "MB", worker.usage().residentBytes() / 1e6);
        }
      }
    }
    return figures.row(
        id(),
        "with the flags and the cache of the image, told that it has " + ShippedWorker.CONTAINER);
  }
}
