package io.mrq.benchmarks.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Which programs this machine has. */
final class Programs {
  private Programs() {}

  /** Whether a program is on the path. */
  static boolean on(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
