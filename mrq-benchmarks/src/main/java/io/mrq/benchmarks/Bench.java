package io.mrq.benchmarks;

import io.mrq.benchmarks.process.Workplace;
import io.mrq.benchmarks.report.Machine;
import io.mrq.benchmarks.report.Report;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.report.TextTable;
import io.mrq.benchmarks.row.Row;
import io.mrq.benchmarks.row.Setup;
import java.io.IOException;
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
    boolean good = run(options);
    // Threads of libraries must not keep the command from ending.
    System.exit(good ? 0 : 1);
  }

  private static boolean run(BenchOptions options) throws IOException, InterruptedException {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    String name = now.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss"));
    Path repository = Path.of(System.getProperty("mrq.bench.repository", ".")).toAbsolutePath();
    Path out = Files.createDirectories(options.out(repository));
    Path scratch = Files.createDirectories(out.resolve("work-" + name));
    Setup setup =
        new Setup(
            new Workplace(repository, scratch, options.serviceFlags()),
            options.quick(),
            options.jobs(),
            options.number("--workers", 1),
            options.number("--slots", 100),
            options.number("--rounds", options.quick() ? 1 : 3));
    Machine machine = Machine.here();
    System.out.println("%s, %s".formatted(now, machine));
    List<RowResult> results = new ArrayList<>();
    boolean good = true;
    for (Row row : options.rows()) {
      try {
        RowResult result = row.measure(setup);
        System.out.println(TextTable.of(result));
        results.add(result);
      } catch (RuntimeException e) {
        good = false;
        System.err.println(row.id() + " failed: " + e);
        e.printStackTrace();
      }
    }
    Report report =
        new Report(now.toString(), version(repository), machine, options.values(), results);
    Path file = out.resolve(name + ".json");
    report.write(file);
    System.out.println("written to " + file + "; logs are in " + scratch);
    return good;
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
