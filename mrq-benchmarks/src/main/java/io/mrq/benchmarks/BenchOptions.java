package io.mrq.benchmarks;

import io.mrq.benchmarks.cpu.CpuParts;
import io.mrq.benchmarks.peer.PeersRow;
import io.mrq.benchmarks.process.Workplace;
import io.mrq.benchmarks.row.Row;
import io.mrq.benchmarks.row.Rows;
import io.mrq.benchmarks.row.Setup;
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
      List.of(
          "--jobs",
          "--workers",
          "--slots",
          "--rounds",
          "--minutes",
          "--mongo",
          "--redis",
          "--out",
          "--java");
  private static final String SERVICE_FLAGS = "-XX:+UseSerialGC -Xmx1g";
  private static final List<String> ALONE = List.of("--quick", "--peers", "--page", "--help");

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
    if (values.containsKey("--peers")) {
      rows.add(new PeersRow());
    }
    BenchOptions options = new BenchOptions(rows.isEmpty() ? all() : rows, values);
    // Wrong numbers are found before anything starts.
    var _ = options.sizes();
    var _ = options.addresses();
    return options;
  }

  /** Every row but the peers, which need programs that few machines have. */
  static List<Row> all() {
    List<Row> all = new ArrayList<>(Rows.all());
    all.add(new CpuParts());
    return all;
  }

  private static Row row(String name) {
    return all().stream()
        .filter(row -> row.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no row and no option"));
  }

  boolean page() {
    return values.containsKey("--page");
  }

  boolean help() {
    return values.containsKey("--help");
  }

  Setup.Sizes sizes() {
    boolean quick = values.containsKey("--quick");
    String jobs = values.get("--jobs");
    return new Setup.Sizes(
        quick,
        jobs == null ? null : Integer.valueOf(jobs),
        number("--workers", 1),
        number("--slots", 100),
        number("--rounds", quick ? 1 : 3),
        number("--minutes", 8));
  }

  /** Null when the stores are to be started. */
  Setup.@Nullable Addresses addresses() {
    String mongo = values.get("--mongo");
    String redis = values.get("--redis");
    if ((mongo == null) != (redis == null)) {
      throw new IllegalArgumentException("--mongo and --redis go together");
    }
    return mongo == null || redis == null ? null : new Setup.Addresses(mongo, redis);
  }

  private int number(String option, int otherwise) {
    return Integer.parseInt(values.getOrDefault(option, String.valueOf(otherwise)));
  }

  Path out(Path repository) {
    return Path.of(values.getOrDefault("--out", repository.resolve("target/bench").toString()))
        .toAbsolutePath();
  }

  /** What the rows are given. */
  Setup setup(Path repository, Path scratch) {
    List<String> flags = List.of(serviceFlags().split(" +", -1));
    return new Setup(new Workplace(repository, scratch, flags), sizes(), addresses());
  }

  private String serviceFlags() {
    return values.getOrDefault("--java", SERVICE_FLAGS);
  }

  /** The options for the report, without the passwords that addresses may have. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(values);
    settings.remove("--out");
    settings.put("--java", serviceFlags());
    settings.replaceAll((_, value) -> value.replaceAll("//[^/]*@", "//"));
    return settings;
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
    for (Row row : all()) {
      text.append("  %-18s %s%n".formatted(row.id(), row.summary()));
    }
    text.append(
        """

        options:
          --quick        short forms: one round, fewer jobs
          --peers        the row "peers": BullMQ and db-scheduler beside MRQ, interleaved
          --jobs n       jobs of each row, instead of its own number
          --workers n    worker processes, 1 by default
          --slots n      slots of each worker, 100 by default
          --rounds n     how often each row repeats what it measures, 3 by default
          --minutes n    of the steady load, 8 by default
          --mongo uri --redis uri   stores that run already; the bench deletes what it stored there
          --java 'flags' JVM flags of stores and workers, by default '-XX:+UseSerialGC -Xmx1g'
          --page         measures nothing: writes docs/performance.md from the files in docs/performance
          --out folder   where the JSON goes, by default target/bench
        """);
    return text.toString();
  }
}
