package io.mrq.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * The runnable jar of a service, and the same unpacked with an archive of its classes. Unpacked, as
 * in the image and under {@code ./run}, a service starts in half the time; these tests start
 * dozens.
 */
final class ServiceJar {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Start-up speed is what these tests wait for; two cores are shared by several services. */
  private static final List<String> QUICK_START =
      List.of(JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

  private final String module;
  private final Path jar;
  private final Path folder;

  private ServiceJar(String module, Path jar) {
    this.module = module;
    this.jar = jar;
    folder = Path.of("target", "unpacked", module).toAbsolutePath();
  }

  static ServiceJar of(String module) {
    String jar = System.getProperty("jar." + module);
    if (jar == null || !Files.exists(Path.of(jar))) {
      throw new IllegalStateException("no jar of " + module + "; run these tests with mvn verify");
    }
    return new ServiceJar(module, Path.of(jar));
  }

  /** The command that starts the jar as it was built. */
  List<String> packed() {
    return command("-jar", jar.toString());
  }

  /** The command that starts it unpacked; the first one to ask unpacks it. */
  List<String> unpacked() {
    try {
      unpackOnce();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return command("-XX:SharedArchiveFile=" + archive(), "-jar", unpackedJar());
  }

  private void unpackOnce() throws IOException {
    Path lock = folder.resolveSibling(module + ".lock");
    Files.createDirectories(folder.getParent());
    // A JVM that runs other tests may want the same service at the same time.
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      Path madeOf = folder.resolve("made-of");
      String version = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
      if (!Files.exists(madeOf) || !Files.readString(madeOf).equals(version)) {
        unpack();
        Files.writeString(madeOf, version);
      }
    }
  }

  private void unpack() throws IOException {
    FileSystemUtils.deleteRecursively(folder);
    run(
        command(
            "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", folder + ""));
    // Up to where it would go to work, so without stores.
    run(
        command(
            "-XX:ArchiveClassesAtExit=" + archive(),
            "-Xlog:disable",
            "-Dspring.context.exit=onRefresh",
            "-jar",
            unpackedJar(),
            "--server.port=0",
            "--mrq.embedded.data-dir=" + folder.resolve("data")));
  }

  private String unpackedJar() {
    return folder.resolve(jar.getFileName()).toString();
  }

  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>(QUICK_START);
    command.addAll(List.of(words));
    return command;
  }

  private void run(List<String> command) throws IOException {
    Path log = folder.resolveSibling(module + ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(module + " was not unpacked: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
