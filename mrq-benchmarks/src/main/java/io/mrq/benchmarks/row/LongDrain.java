package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import java.util.Objects;
import org.bson.Document;

/**
 * A long drain, workers and stores in processes of their own, and the ceiling of the bare driver on
 * the same stores after each round.
 */
final class LongDrain implements Row {
  static final String WARM_RATE = "warm rate";
  static final String WHOLE_RATE = "rate of the whole first drain of a worker";

  /** After so many jobs a worker counts as warm. */
  private static final int COLD = 20_000;

  @Override
  public String id() {
    return "long-drain";
  }

  @Override
  public String summary() {
    return "100,000 no-op jobs: rate, CPU, commands and bytes of a job, and the bare driver's ceiling";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int jobs = setup.jobs(100_000, 20_000);
    int cold = Math.min(COLD, jobs / 2);
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores);
        BareDriver bare = new BareDriver(stores);
        Workers workers = setup.workers(stores)) {
      for (int round = 1; round <= setup.rounds(); round++) {
        application.pause();
        application.fill(jobs);
        Document template = queuedJob(application);
        Drain drain = Drain.of(jobs, workers, stores, application::resume);
        Delivery.check(application, workers, jobs, (long) round * jobs);
        if (round == 1) {
          figures.add(WHOLE_RATE, "jobs/s", drain.rate());
          figures.add(
              "rate of its first %,d jobs".formatted(cold), "jobs/s", drain.part(1, cold).rate());
        }
        Drain.Part warm = round == 1 ? drain.part(cold, jobs) : drain.whole();
        double rate = round == 1 ? warm.rate() : drain.rate();
        figures.add(WARM_RATE, "jobs/s", rate);
        double ceiling = bare.rate(jobs / 2, template);
        figures.add("bare driver, one thread, best size of batches", "jobs/s", ceiling);
        figures.add("warm rate / bare driver", "", rate / ceiling);
        DrainFigures.addCpu(figures, "warm: ", warm);
        DrainFigures.addCommands(figures, "", drain);
        figures.addKnown("bytes written for a job by the drain", "B", drain.whole().written());
      }
    }
    figures.note(Delivery.NOTE);
    return figures.row(id(), "%,d jobs, %s".formatted(jobs, setup.workersText()));
  }

  private static Document queuedJob(EnqueueingApplication application) {
    return Objects.requireNonNull(
        application
            .jobs()
            .find(new Document("queue", Setup.QUEUE).append("status", "queued"))
            .first());
  }
}
