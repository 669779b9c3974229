package io.mrq.benchmarks.row;

import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.worker.SentCommands;

/** The figures of a drain that several rows have. */
final class DrainFigures {
  private DrainFigures() {}

  /** Adds the CPU time of one job, of each kind of process. */
  static void addCpu(Figures figures, String which, Drain.Part part) {
    figures.add(which + "worker CPU of a job", "µs", part.workerCpu());
    figures.addKnown(which + "store CPU of a job", "µs", part.mongoCpu());
    figures.addKnown(which + "Redis CPU of a job", "µs", part.redisCpu());
  }

  /** Adds how many commands the workers sent for one job. */
  static void addCommands(Figures figures, String which, Drain drain) {
    SentCommands sent = drain.sent();
    double jobs = drain.jobs();
    figures.add(
        which + "MongoDB commands a job", "commands", sent.total(SentCommands.MONGODB) / jobs);
    figures.add(
        which + "MongoDB commands a job, those about jobs alone",
        "commands",
        sent.aboutJobs() / jobs);
    figures.add(which + "Redis commands a job", "commands", sent.total(SentCommands.REDIS) / jobs);
    figures.noteOfRound(
        which,
        "Commands of the workers, %slast round: %s"
            .formatted(which.replace(':', ','), sent.counts()));
  }
}
