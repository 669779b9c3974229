package io.mrq.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Where the bench finds what it measures and puts what comes of it.
 *
 * @param repository the folder of the sources, in which the jars of the services are
 * @param scratch data and logs of the processes; its data are deleted as the rows end
 * @param serviceFlags of the JVM of services and stores
 */
public record Workplace(Path repository, Path scratch, List<String> serviceFlags) {
  private static final AtomicInteger FOLDERS = new AtomicInteger();

  /** Lets libraries do what they would otherwise warn of. */
  static final List<String> LIBRARY_FLAGS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  /** The java of this process. */
  public String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A new folder for the data of one process. */
  public Path dataFolder(String name) {
    return created(scratch.resolve(name + "-" + FOLDERS.incrementAndGet()));
  }

  /** Where one process logs. */
  public Path log(String name) {
    return created(scratch.resolve("logs"))
        .resolve(name + "-" + FOLDERS.incrementAndGet() + ".log");
  }

  private static Path created(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end; throws when it fails. */
  public void run(String name, List<String> command) {
    try (ChildProcess process = ChildProcess.start(command, scratch, log(name), false)) {
      if (process.process().onExit().join().exitValue() != 0) {
        throw new IllegalStateException(name + " failed, see " + process.log());
      }
    }
  }

  /** Deletes a folder of data; what cannot be deleted stays. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted((a, b) -> b.compareTo(a))
          .forEach(file -> {
            var _ = file.toFile().delete();
          });
    } catch (IOException | UncheckedIOException e) {
      System.err.println("could not delete " + folder + ": " + e);
    }
  }
}
