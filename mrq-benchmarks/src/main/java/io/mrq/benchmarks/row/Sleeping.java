package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.worker.BenchTasks;
import io.mrq.client.JobRequest;

/** Jobs that wait for something, as most jobs do: many at once in one process. */
final class Sleeping implements Row {
  private final String id;
  private final int jobs;
  private final int millis;
  private final int slots;

  Sleeping(String id, int jobs, int millis, int slots) {
    this.id = id;
    this.jobs = jobs;
    this.millis = millis;
    this.slots = slots;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String summary() {
    return "%,d jobs that sleep %,d ms, at %,d slots: time, and memory of the worker"
        .formatted(jobs, millis, slots);
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int number = setup.quick() ? jobs / 5 : jobs;
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores);
        Workers workers = setup.workers(stores, 1, slots)) {
      for (int round = 0; round <= setup.rounds(); round++) {
        application.pause();
        application.fill(number, this::request);
        Drain drain = Drain.of(number, workers, stores, application::resume);
        Delivery.check(application, workers, number, (round + 1L) * number);
        String which = round == 0 ? "first round: " : "warm: ";
        figures.add(which + "time", "s", number / drain.rate());
        long memory =
            drain.samples().stream().mapToLong(s -> s.workers().residentBytes()).max().orElse(0);
        figures.addKnown(which + "most memory of the worker", "MB", memory / 1e6);
      }
    }
    double least = Math.ceil(1.0 * number / slots) * millis / 1_000;
    figures.note("No worker with so many slots could be faster than %.1f s.".formatted(least));
    figures.note(Delivery.NOTE);
    return figures.row(id, "%,d jobs of %,d ms at %,d slots".formatted(number, millis, slots));
  }

  private JobRequest request(int number) {
    return JobRequest.of(BenchTasks.SLEEP)
        .queue(Setup.QUEUE)
        .param(BenchTasks.NUMBER, number)
        .param(BenchTasks.MILLIS, millis);
  }
}
