package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;

/**
 * Whether a long queue slows a worker down: the same number of jobs is drained while few jobs wait,
 * while many wait, and when few wait again after all the others.
 */
final class Backlog implements Row {
  private static final int MEASURED = 100_000;
  private static final int FEW = 10_000;
  private static final int WARM_UP = 100_000;
  private static final long QUIET_MILLIS = 1_000;
  private static final int LONGEST_SETTLE = 60;

  @Override
  public String id() {
    return "backlog";
  }

  @Override
  public String summary() {
    return "the same drain with 500,000 jobs waiting (or --jobs) as with 10,000";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int many = setup.jobs(500_000, 60_000);
    int measured = Math.min(MEASURED, many / 3);
    int few = Math.min(FEW, measured / 2);
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores);
        Workers workers = setup.workers(stores)) {
      drain(setup.quick() ? measured : WARM_UP, application, workers, stores);
      long stored = setup.quick() ? measured : WARM_UP;
      for (int round = 0; round < setup.rounds(); round++) {
        Drain drain = drain(few + measured, application, workers, stores);
        stored += few + measured;
        Delivery.check(application, workers, few + measured, stored);
        figures.add("rate, %,d waiting".formatted(few), "jobs/s", drain.part(1, measured).rate());
        DrainFigures.addCpu(figures, "%,d waiting: ".formatted(few), drain.part(1, measured));
      }
      int all = many + measured;
      Drain drain = drain(all, application, workers, stores);
      Delivery.check(application, workers, all, stored + all);
      double manyRate = drain.part(1, measured).rate();
      double after = drain.part(all - few - measured, all - few).rate();
      figures.add("rate, %,d waiting".formatted(many), "jobs/s", manyRate);
      DrainFigures.addCpu(figures, "%,d waiting: ".formatted(many), drain.part(1, measured));
      figures.add("rate, %,d waiting after %,d are done".formatted(few, many), "jobs/s", after);
      figures.add(
          "rate with many / rate with few",
          "",
          manyRate / figures.median("rate, %,d waiting".formatted(few)));
    }
    figures.note(Delivery.NOTE);
    return figures.row(
        id(),
        "%,d jobs drained while %,d or %,d wait, %s"
            .formatted(measured, few, many, setup.workersText()));
  }

  private static Drain drain(
      int jobs, EnqueueingApplication application, Workers workers, Stores stores)
      throws InterruptedException {
    application.pause();
    application.fill(jobs);
    settle(stores);
    return Drain.of(jobs, workers, stores, application::resume);
  }

  /** Waits until the store has written to its file what the enqueues left to do. */
  private static void settle(Stores stores) throws InterruptedException {
    long before = -1;
    for (int second = 0; second < LONGEST_SETTLE; second++) {
      long written = stores.mongoUsage().writtenBytes();
      if (written == before) {
        return;
      }
      before = written;
      Thread.sleep(QUIET_MILLIS);
    }
  }
}
