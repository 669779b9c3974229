package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;

/** The first drain of new processes, and the same drain again when they are warm. */
final class ShortDrain implements Row {
  @Override
  public String id() {
    return "drain";
  }

  @Override
  public String summary() {
    return "20,000 no-op jobs: the first drain of the processes, and warm ones";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int jobs = setup.jobs(20_000, 5_000);
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores);
        Workers workers = setup.workers(stores)) {
      for (int round = 0; round <= setup.rounds(); round++) {
        application.pause();
        application.fill(jobs);
        Drain drain = Drain.of(jobs, workers, stores, application::resume);
        Delivery.check(application, workers, jobs, (round + 1L) * jobs);
        String which = round == 0 ? "first drain" : "warm drain";
        figures.add(which + ": rate", "jobs/s", drain.rate());
        DrainFigures.addCpu(figures, which + ": ", drain.whole());
        DrainFigures.addCommands(figures, which + ": ", drain);
      }
    }
    figures.note(Delivery.NOTE);
    return figures.row(id(), "%,d jobs, %s".formatted(jobs, setup.workersText()));
  }
}
