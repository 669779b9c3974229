package io.mrq.benchmarks.peer;

import io.mrq.benchmarks.process.ChildProcess;
import io.mrq.benchmarks.process.ProcessUsage;
import io.mrq.benchmarks.process.RunningService;
import io.mrq.benchmarks.process.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL with its default settings, on loopback, with a new folder. */
final class PostgresProcess implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final int MAX_TRIES = 300;

  private final ChildProcess process;
  private final Path folder;
  private final int port;

  private PostgresProcess(ChildProcess process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** The folder with its programs; nothing where it is not installed. */
  static Optional<Path> programs() {
    Stream<Path> candidates =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).map(Path::of);
    return Stream.concat(debian(), candidates)
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .findFirst();
  }

  private static Stream<Path> debian() {
    if (!Files.isDirectory(DEBIAN)) {
      return Stream.of();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions.map(version -> version.resolve("bin")).toList().stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }

  /** Starts it and returns when it answers. */
  static PostgresProcess start(Workplace place) throws InterruptedException {
    Path programs = programs().orElseThrow();
    Path folder = place.dataFolder("postgres");
    Path data = folder.resolve("data");
    int port = RunningService.freePort();
    if (isRoot()) {
      // PostgreSQL refuses to run as root.
      place.run("chown", List.of("chown", "postgres", folder.toString()));
    }
    place.run(
        "initdb",
        asUser(
            programs.resolve("initdb").toString(),
            "--auth=trust",
            "--username=bench",
            "--pgdata=" + data));
    ChildProcess process =
        ChildProcess.start(
            asUser(
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="),
            folder,
            place.log("postgres"),
            false);
    PostgresProcess postgres = new PostgresProcess(process, folder, port);
    postgres.awaitAnswer();
    return postgres;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asUser(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private void awaitAnswer() throws InterruptedException {
    for (int tries = 0; ; tries++) {
      try {
        DriverManager.getConnection(url()).close();
        return;
      } catch (SQLException e) {
        if (tries == MAX_TRIES || !process.isAlive()) {
          close();
          throw new IllegalStateException("PostgreSQL did not start, see " + process.log(), e);
        }
        Thread.sleep(50);
      }
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bench";
  }

  /** What all its processes have used. */
  ProcessUsage usage() {
    return process
        .handle()
        .descendants()
        .map(ProcessUsage::of)
        .reduce(ProcessUsage.of(process.handle()), ProcessUsage::plus);
  }

  /** Its version, as its program tells. */
  static String version() {
    try {
      Process process =
          new ProcessBuilder(programs().orElseThrow().resolve("postgres").toString(), "--version")
              .start();
      try (var out = process.inputReader()) {
        return String.valueOf(out.readLine());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
    Workplace.delete(folder);
  }
}
