package io.mrq.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The jar of the worker service, unpacked as in its image, so that tasks can be put beside it. */
final class WorkerService {
  private static final String MODULE = "mrq-worker-service";

  private final Path jar;

  private WorkerService(Path jar) {
    this.jar = jar;
  }

  /** Unpacks the jar, unless that has been done since it was built. */
  static WorkerService unpacked(Workplace place) {
    Path packed = jar(place.repository().resolve(MODULE).resolve("target"));
    Path folder = place.repository().resolve("mrq-benchmarks/target/services").resolve(MODULE);
    Path unpacked = folder.resolve(packed.getFileName());
    try {
      if (!Files.exists(unpacked)
          || Files.getLastModifiedTime(unpacked).compareTo(Files.getLastModifiedTime(packed)) < 0) {
        unpack(place, packed, folder);
        Files.setLastModifiedTime(unpacked, Files.getLastModifiedTime(packed));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WorkerService(unpacked);
  }

  private static void unpack(Workplace place, Path packed, Path folder) throws IOException {
    if (Files.exists(folder)) {
      Workplace.delete(folder);
    }
    Process process =
        new ProcessBuilder(
                place.java(),
                "-Djarmode=tools",
                "-jar",
                packed.toString(),
                "extract",
                "--destination",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(place.log("unpack").toFile())
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(packed + " was not unpacked");
    }
  }

  private static Path jar(Path target) {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches(MODULE + "-[^/]*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no jar in " + target + "; use ./bench"));
    } catch (IOException e) {
      throw new IllegalStateException("no jar in " + target + "; use ./bench", e);
    }
  }

  /** The command that starts it with the tasks of the bench. */
  List<String> command(Workplace place, List<String> options) {
    List<String> command = new ArrayList<>(List.of(place.java()));
    command.addAll(place.serviceFlags());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            jar + System.getProperty("path.separator") + tasks(),
            mainClass()));
    command.addAll(options);
    return command;
  }

  /** Where the classes of this module are, a jar or a folder. */
  private static Path tasks() {
    return Path.of(
        WorkerService.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private String mainClass() {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue("Main-Class");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
