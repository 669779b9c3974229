package io.mrq.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where it was measured.
 *
 * @param processor its model, or the architecture where the system does not tell
 * @param cores that this process may use
 * @param memoryBytes of the machine; 0 where the system does not tell
 * @param system name and version
 * @param java vendor and version
 */
public record Machine(String processor, int cores, long memoryBytes, String system, String java) {
  /** This machine. */
  public static Machine here() {
    return new Machine(
        value("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        1_024 * Long.parseLong(value("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", "")),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version());
  }

  private static String value(String file, String name, String otherwise) {
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}
