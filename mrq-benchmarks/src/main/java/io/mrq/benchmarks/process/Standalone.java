package io.mrq.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The standalone as users start it, by {@code ./run}, on a folder of its own. */
public final class Standalone implements AutoCloseable {
  private final RunningService service;
  private final Path data;
  private final int mongoPort;
  private final int redisPort;

  private Standalone(RunningService service, Path data, int mongoPort, int redisPort) {
    this.service = service;
    this.data = data;
    this.mongoPort = mongoPort;
    this.redisPort = redisPort;
  }

  /**
   * Starts it and returns when it is ready.
   *
   * @param data its folder, which may have data already
   */
  public static Standalone start(Workplace place, Path data) {
    int mongoPort = RunningService.freePort();
    int redisPort = RunningService.freePort();
    RunningService service =
        RunningService.start(
            place,
            "standalone",
            port ->
                List.of(
                    place.repository().resolve("run").toString(),
                    "--server.port=" + port,
                    "--mrq.embedded.data-dir=" + data,
                    "--mrq.embedded.mongo.port=" + mongoPort,
                    "--mrq.embedded.redis.port=" + redisPort));
    return new Standalone(service, data, mongoPort, redisPort);
  }

  public RunningService service() {
    return service;
  }

  public String mongoUri() {
    return "mongodb://127.0.0.1:" + mongoPort + "/mrq";
  }

  public String redisUri() {
    return "redis://127.0.0.1:" + redisPort;
  }

  /** The size of its files. */
  public long diskBytes() {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
