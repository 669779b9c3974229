package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.worker.SentCommands;
import java.util.Objects;
import org.bson.Document;

/**
 * A long drain, workers and stores in processes of their own, and the ceiling of the bare driver on
 * the same stores after each round.
 */
final class LongDrain implements Row {
  /** After so many jobs a worker counts as warm. */
  private static final int COLD = 20_000;

  @Override
  public String id() {
    return "long-drain";
  }

  @Override
  public String summary() {
    return "100,000 no-op jobs: rate, CPU µs, commands and bytes a job, and the bare driver's ceiling";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int jobs = setup.jobs(100_000, 20_000);
    int cold = Math.min(COLD, jobs / 2);
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores);
        BareDriver bare = new BareDriver(stores, "mrq_bare");
        Workers workers = setup.workers(stores)) {
      for (int round = 1; round <= setup.rounds(); round++) {
        application.pause();
        application.fill(jobs);
        Document template = queuedJob(application);
        Drain drain = Drain.of(jobs, workers, stores, application::resume);
        Delivery.check(application, workers, jobs, (long) round * jobs);
        if (round == 1) {
          figures.add(
              "rate of the first " + cold + " jobs of a worker",
              "jobs/s",
              drain.part(1, cold).rate());
        }
        addWarm(figures, round == 1 ? drain.part(cold, jobs) : drain.whole(), drain);
        addCommands(figures, drain);
        double ceiling = Math.max(bare.rate(jobs / 2, template), bare.rate(jobs / 2, template));
        figures.add("bare driver, one thread, same batches", "jobs/s", ceiling);
        figures.add(
            "warm rate / bare driver",
            "",
            (round == 1 ? drain.part(cold, jobs).rate() : drain.rate()) / ceiling);
      }
    }
    figures.note(Delivery.NOTE);
    return figures.row(
        id(),
        "%,d jobs, %d worker process(es) with %d slots"
            .formatted(jobs, setup.workers(), setup.slots()));
  }

  private static Document queuedJob(EnqueueingApplication application) {
    return Objects.requireNonNull(
        application
            .jobs()
            .find(new Document("queue", Setup.QUEUE).append("status", "queued"))
            .first());
  }

  private static void addWarm(Figures figures, Drain.Part warm, Drain drain) {
    figures.add("warm rate", "jobs/s", warm.rate());
    figures.add("worker CPU of a job, warm", "µs", warm.workerCpu());
    figures.add("store CPU of a job, warm", "µs", warm.mongoCpu());
    figures.add("Redis CPU of a job, warm", "µs", warm.redisCpu());
    figures.add("bytes written for a job by the drain", "B", drain.whole().written());
  }

  private static void addCommands(Figures figures, Drain drain) {
    SentCommands sent = drain.sent();
    figures.add(
        "MongoDB commands of the workers a job",
        "",
        1.0 * sent.total(SentCommands.MONGODB) / drain.jobs());
    figures.add(
        "Redis commands of the workers a job",
        "",
        1.0 * sent.total(SentCommands.REDIS) / drain.jobs());
    figures.note("Commands of the workers in the last round: " + sent.counts());
  }
}
