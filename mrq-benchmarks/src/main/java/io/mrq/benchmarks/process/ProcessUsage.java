package io.mrq.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a process has used until now.
 *
 * @param cpuMicros CPU time of all its threads, the compiler's and the collector's included
 * @param writtenBytes what it caused to be written to disks; 0 where the system does not tell
 * @param residentBytes its memory; 0 where the system does not tell
 */
public record ProcessUsage(long cpuMicros, long writtenBytes, long residentBytes) {
  /** Reads the usage of a process that runs. */
  public static ProcessUsage of(ProcessHandle process) {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    return new ProcessUsage(
        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1_000,
        number(proc.resolve("io"), "write_bytes:"),
        1_024 * number(proc.resolve("status"), "VmRSS:"));
  }

  /** The usage of this process. */
  public static ProcessUsage ofThisProcess() {
    return of(ProcessHandle.current());
  }

  private static long number(Path file, String name) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The usage of two processes together. */
  public ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(
        cpuMicros + other.cpuMicros,
        writtenBytes + other.writtenBytes,
        residentBytes + other.residentBytes);
  }

  /** Nothing. */
  public static final ProcessUsage NONE = new ProcessUsage(0, 0, 0);
}
