package io.mrq.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.benchmarks.report.Figure;
import io.mrq.benchmarks.report.Report;
import io.mrq.benchmarks.report.RowResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the rows that need stores and workers, with few jobs. A row checks by itself
 * that each job ran exactly once; here are its structure and the counts, which no machine changes.
 */
class BenchIT {
  private static final List<String> ROWS = List.of("long-drain", "bulk-enqueue");

  @TempDir static Path folder;

  private static Report report;

  @BeforeAll
  static void measure() throws IOException, InterruptedException {
    String[] options = {"--quick", "--jobs", "2000", "--out", folder.toString()};
    String[] args = Stream.concat(ROWS.stream(), Stream.of(options)).toArray(String[]::new);

    assertThat(Bench.run(BenchOptions.parse(args))).isTrue();

    try (Stream<Path> files = Files.list(folder)) {
      report = Report.read(files.findFirst().orElseThrow());
    }
  }

  @Test
  void eachRowHasFigures() {
    assertThat(report.rows()).extracting(RowResult::id).containsExactlyElementsOf(ROWS);
    assertThat(report.rows())
        .allSatisfy(row -> {
          assertThat(row.figures()).isNotEmpty();
          assertThat(row.notes()).anyMatch(note -> note.startsWith("Checked: each job ran"));
        });
    assertThat(report.machine().cores()).isPositive();
  }

  @Test
  void workersSendFewCommands() {
    // The others follow the clock: the slower the machine, the more of them fall to a job.
    assertThat(figure("long-drain", "MongoDB commands a job, those about jobs alone").median())
        .isLessThanOrEqualTo(0.1);
    assertThat(figure("long-drain", "Redis commands a job").median()).isLessThanOrEqualTo(0.2);
  }

  @Test
  void theClientSendsFewCommandsForABatch() {
    assertThat(figure("bulk-enqueue", "batches of 1,000: MongoDB commands a job").median())
        .isLessThanOrEqualTo(0.01);
    assertThat(figure("bulk-enqueue", "batches of 1,000: Redis commands a job").median())
        .isLessThanOrEqualTo(0.01);
  }

  private static Figure figure(String row, String name) {
    return report.rows().stream()
        .filter(r -> r.id().equals(row))
        .flatMap(r -> r.figures().stream())
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
