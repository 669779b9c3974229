package io.mrq.benchmarks;

import io.mrq.benchmarks.report.Machine;
import io.mrq.benchmarks.report.PerformancePage;
import io.mrq.benchmarks.report.Report;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.report.TextTable;
import io.mrq.benchmarks.row.Row;
import io.mrq.benchmarks.row.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The command {@code ./bench}. */
public final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + BenchOptions.usage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.println(BenchOptions.usage());
      return;
    }
    if (options.page()) {
      new PerformancePage(repository()).write();
      return;
    }
    boolean good = run(options);
    // Threads of libraries must not keep the command from ending.
    System.exit(good ? 0 : 1);
  }

  private static Path repository() {
    return Path.of(System.getProperty("mrq.bench.repository", ".")).toAbsolutePath().normalize();
  }

  /** Measures; answers whether every row could be. */
  static boolean run(BenchOptions options) throws IOException, InterruptedException {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    String name = now.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss"));
    Path repository = repository();
    Path scratch = Files.createDirectories(repository.resolve("target/bench/work-" + name));
    Path json = Files.createDirectories(options.out(repository)).resolve(name + ".json");
    Machine machine = Machine.here();
    String version = version(repository);
    System.out.println("%s, version %s, %s".formatted(now, version, machine));
    Setup setup = options.setup(repository, scratch);
    List<RowResult> results = new ArrayList<>();
    boolean good = true;
    for (Row row : options.rows()) {
      try {
        RowResult result = row.measure(setup);
        System.out.println(TextTable.of(result));
        results.add(result);
        // After each row, so that a run that is broken off leaves what it has.
        new Report(now.toString(), version, machine, options.settings(), results).write(json);
      } catch (RuntimeException e) {
        good = false;
        Path trace = scratch.resolve("failure-" + row.id() + ".txt");
        write(e, trace);
        System.err.println("%s failed, see %s: %s".formatted(row.id(), trace, firstLine(e)));
      }
    }
    System.out.println("written to " + json + "; logs are in " + scratch);
    return good;
  }

  private static void write(RuntimeException e, Path trace) throws IOException {
    try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(trace))) {
      e.printStackTrace(file);
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static String version(Path repository) throws IOException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty")
            .directory(repository.toFile())
            .start();
    try (var out = git.inputReader()) {
      String line = out.readLine();
      return line == null ? "unknown" : line;
    }
  }
}
