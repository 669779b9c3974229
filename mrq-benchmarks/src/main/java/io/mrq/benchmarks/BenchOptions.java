package io.mrq.benchmarks;

import io.mrq.benchmarks.row.Row;
import io.mrq.benchmarks.row.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param rows to be measured, all by default
 * @param values of the options, as they were given
 */
record BenchOptions(List<Row> rows, Map<String, String> values) {
  private static final List<String> WITH_VALUE =
      List.of("--jobs", "--workers", "--slots", "--rounds", "--out", "--java");
  private static final List<String> ALONE = List.of("--quick", "--help");

  static BenchOptions parse(String... args) {
    List<Row> rows = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (ALONE.contains(arg)) {
        values.put(arg, "yes");
      } else if (WITH_VALUE.contains(arg) && i + 1 < args.length) {
        values.put(arg, args[++i]);
      } else {
        rows.add(row(arg));
      }
    }
    return new BenchOptions(rows.isEmpty() ? Rows.all() : rows, values);
  }

  private static Row row(String name) {
    return Rows.all().stream()
        .filter(row -> row.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no row and no option"));
  }

  boolean help() {
    return values.containsKey("--help");
  }

  boolean quick() {
    return values.containsKey("--quick");
  }

  @Nullable Integer jobs() {
    String given = values.get("--jobs");
    return given == null ? null : Integer.valueOf(given);
  }

  int number(String option, int otherwise) {
    return Integer.parseInt(values.getOrDefault(option, String.valueOf(otherwise)));
  }

  Path out(Path repository) {
    return Path.of(values.getOrDefault("--out", repository.resolve("target/bench").toString()))
        .toAbsolutePath();
  }

  List<String> serviceFlags() {
    return List.of(values.getOrDefault("--java", "-XX:+UseSerialGC -Xmx1g").split(" ", -1));
  }

  static String usage() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ./bench [row …] [option …]   measures on embedded stores, each row with stores and workers in processes of their own
        ./bench long-drain --quick   one row in its short form; a table is printed, and JSON is written to target/bench
        ./bench --jobs 300000 --workers 2 long-drain   sizes; rows come one after the other, with all options for each

        rows:
        """);
    for (Row row : Rows.all()) {
      text.append("  %-16s %s%n".formatted(row.id(), row.summary()));
    }
    text.append(
        """

        options:
          --quick        short forms: one round, fewer jobs
          --jobs n       jobs of each row, instead of its own number
          --workers n    worker processes, 1 by default
          --slots n      slots of each worker, 100 by default
          --rounds n     how often each row repeats what it measures, 3 by default
          --java 'flags' JVM flags of stores and workers, by default '-XX:+UseSerialGC -Xmx1g'
          --out folder   where the JSON goes, by default target/bench
        """);
    return text.toString();
  }
}
