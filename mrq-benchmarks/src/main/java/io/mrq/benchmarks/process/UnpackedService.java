package io.mrq.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The jar of a service, unpacked as in its image. */
public final class UnpackedService {
  private static final String PATH_SEPARATOR = System.getProperty("path.separator");

  private final Workplace place;
  private final Path folder;
  private final Path jar;

  private UnpackedService(Workplace place, Path folder, Path jar) {
    this.place = place;
    this.folder = folder;
    this.jar = jar;
  }

  /**
   * Unpacks the jar, unless that has been done since it was built.
   *
   * @param module such as {@code mrq-worker-service}
   */
  public static UnpackedService of(Workplace place, String module) {
    Path packed = jar(place.repository().resolve(module).resolve("target"), module);
    Path folder = place.repository().resolve("mrq-benchmarks/target/services").resolve(module);
    Path unpacked = folder.resolve(packed.getFileName());
    // The date of a jar that is built reproducibly never changes.
    Path madeOf = folder.resolve("made-of");
    String content = checksum(packed);
    try {
      if (!Files.exists(madeOf) || !Files.readString(madeOf).equals(content)) {
        unpack(place, packed, folder);
        Files.writeString(madeOf, content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new UnpackedService(place, folder, unpacked);
  }

  private static String checksum(Path file) {
    CRC32C checksum = new CRC32C();
    byte[] part = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        checksum.update(part, 0, read);
      }
      return Files.size(file) + " " + checksum.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpack(Workplace place, Path packed, Path folder) {
    if (Files.exists(folder)) {
      Workplace.delete(folder);
    }
    place.run(
        "unpack",
        List.of(
            place.java(),
            "-Djarmode=tools",
            "-jar",
            packed.toString(),
            "extract",
            "--destination",
            folder.toString()));
  }

  private static Path jar(Path target, String module) {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches(module + "-[^/]*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no jar in " + target + "; use ./bench"));
    } catch (IOException e) {
      throw new IllegalStateException("no jar in " + target + "; use ./bench", e);
    }
  }

  /** The folder, in which more can be put. */
  Path folder() {
    return folder;
  }

  /** The command that starts it with the usual flags. */
  public List<String> command(List<String> options) {
    return command(place.serviceFlags(), jar.toString(), options);
  }

  /** The command that starts it with the usual flags and the tasks of the bench. */
  List<String> commandWithTasks(List<String> options) {
    return command(place.serviceFlags(), jar + PATH_SEPARATOR + tasks(), options);
  }

  /** The command that starts it with other flags of the JVM. */
  List<String> command(List<String> flags, List<String> options) {
    return command(flags, jar.toString(), options);
  }

  private List<String> command(List<String> flags, String classPath, List<String> options) {
    List<String> command = new ArrayList<>(List.of(place.java()));
    command.addAll(flags);
    command.addAll(Workplace.LIBRARY_FLAGS);
    command.addAll(List.of("-cp", classPath, mainClass()));
    command.addAll(options);
    return command;
  }

  /** Where the classes of this module are, a jar or a folder. */
  private static Path tasks() {
    return Path.of(
        UnpackedService.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private String mainClass() {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue("Main-Class");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
