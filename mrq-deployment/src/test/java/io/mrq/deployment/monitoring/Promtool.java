package io.mrq.deployment.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus' own checker. Where it is not installed, what needs it is skipped. */
final class Promtool {
  private static final Path PROGRAM =
      Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
          .map(folder -> Path.of(folder, "promtool"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(Path.of("promtool"));

  private Promtool() {}

  /** Skips the test where the program is missing. */
  static void assumeInstalled() {
    assumeTrue(Files.isExecutable(PROGRAM), "promtool is not installed (package prometheus)");
  }

  /** Runs it; it must be content. */
  static void run(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    run(new ProcessBuilder(command).directory(folder.toFile()));
  }

  /** Holds series in the exposition format to Prometheus' rules for names, units and help. */
  static void checkMetrics(Path series) {
    run(new ProcessBuilder(PROGRAM.toString(), "check", "metrics").redirectInput(series.toFile()));
  }

  private static void run(ProcessBuilder builder) {
    try {
      Process process = builder.redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as(output).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
