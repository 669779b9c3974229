package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.ExportedCommands;
import io.mrq.benchmarks.process.ProcessUsage;
import io.mrq.benchmarks.process.Standalone;
import io.mrq.benchmarks.process.Workplace;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import java.nio.file.Path;

/** The standalone with nothing to do. */
final class IdleStandalone implements Row {
  private static final long SETTLE_MILLIS = 20_000;

  @Override
  public String id() {
    return "idle-standalone";
  }

  @Override
  public String summary() {
    return "the standalone with nothing to do: start, memory, CPU, commands a second";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    long idleMillis = setup.quick() ? 10_000 : 60_000;
    Figures figures = new Figures();
    Path data = setup.place().dataFolder("standalone");
    try {
      // Builds it where needed, and leaves what later starts use.
      Standalone.start(setup.place(), data).close();
      for (int round = 1; round <= setup.rounds(); round++) {
        try (Standalone standalone = Standalone.start(setup.place(), data)) {
          figures.add(
              "start, until it is ready", "s", standalone.service().start().toMillis() / 1e3);
          Thread.sleep(SETTLE_MILLIS);
          if (round == setup.rounds()) {
            rest(figures, standalone, idleMillis);
          }
          ProcessUsage own = standalone.service().usage();
          figures.addKnown("memory of the JVM", "MB", own.residentBytes() / 1e6);
          figures.addKnown(
              "memory of its Redis", "MB", standalone.service().childUsage().residentBytes() / 1e6);
        }
      }
    } finally {
      Workplace.delete(data);
    }
    return figures.row(
        id(), "on an empty folder, %d s after the start".formatted(SETTLE_MILLIS / 1_000));
  }

  private static void rest(Figures figures, Standalone standalone, long millis)
      throws InterruptedException {
    ExportedCommands commands = ExportedCommands.of(standalone);
    long cpu = standalone.service().usage().cpuMicros();
    long redisCpu = standalone.service().childUsage().cpuMicros();
    Thread.sleep(millis);
    double seconds = millis / 1e3;
    double jvm = (standalone.service().usage().cpuMicros() - cpu) / seconds;
    double redis = (standalone.service().childUsage().cpuMicros() - redisCpu) / seconds;
    ExportedCommands after = ExportedCommands.of(standalone);
    figures.add("CPU of the JVM", "% of a core", jvm / 1e4);
    figures.add("CPU of its Redis", "% of a core", redis / 1e4);
    figures.add(
        "MongoDB commands a second", "commands/s", (after.mongo() - commands.mongo()) / seconds);
    figures.add(
        "Redis commands a second", "commands/s", (after.redis() - commands.redis()) / seconds);
  }
}
