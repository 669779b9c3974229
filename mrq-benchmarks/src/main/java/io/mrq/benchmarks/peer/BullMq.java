package io.mrq.benchmarks.peer;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.mrq.benchmarks.process.ProcessUsage;
import io.mrq.benchmarks.process.Workplace;
import io.mrq.benchmarks.row.Setup;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.embedded.EmbeddedRedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * BullMQ on node, on the Redis that MRQ has, too, with its append-only file written every second;
 * results are kept. It is fetched by npm into {@code target/peers} the first time.
 */
final class BullMq implements Peer {
  private static final String VERSION = "6.7.0";

  @Override
  public String name() {
    return "BullMQ " + VERSION;
  }

  @Override
  public String missing() {
    return Programs.on("node") && Programs.on("npm") ? "" : "node and npm are not installed";
  }

  @Override
  public Map<String, Double> drain(Setup setup, int jobs, int millis) {
    return alone(setup, "drain", jobs, setup.slots(), millis);
  }

  @Override
  public Map<String, Double> enqueue(Setup setup, int single, int parallel, int bulk) {
    return alone(setup, "enqueue", single, parallel, bulk);
  }

  private Map<String, Double> alone(Setup setup, String mode, int... numbers) {
    Path folder = installed(setup.place());
    try (RedisServer redis = new RedisServer(setup.place());
        PeerProcess peer =
            PeerProcess.start(
                setup.place(), folder, "bullmq", command(redis.redis, mode, numbers))) {
      return peer.work(redis::usage);
    }
  }

  @Override
  public Map<String, Double> pickUp(Setup setup, int jobs) {
    Workplace place = setup.place();
    Path folder = installed(place);
    try (RedisServer redis = new RedisServer(place);
        PeerProcess worker =
            PeerProcess.start(
                place, folder, "bullmq", command(redis.redis, "pick-up-worker", setup.slots()));
        PeerProcess client =
            PeerProcess.start(place, folder, "bullmq", command(redis.redis, "pick-up", jobs))) {
      worker.go();
      return client.work(redis::usage);
    }
  }

  private static List<String> command(EmbeddedRedis redis, String mode, int... numbers) {
    List<String> command =
        new ArrayList<>(List.of("node", "peer.mjs", String.valueOf(redis.port()), mode));
    for (int number : numbers) {
      command.add(String.valueOf(number));
    }
    return command;
  }

  /** The folder with the script and the packages. */
  private static Path installed(Workplace place) {
    Path sources = place.repository().resolve("mrq-benchmarks/src/main/peers/bullmq");
    Path folder = place.repository().resolve("mrq-benchmarks/target/peers/bullmq");
    Path lock = folder.resolve("package-lock.json");
    try {
      Files.createDirectories(folder);
      Files.copy(sources.resolve("peer.mjs"), folder.resolve("peer.mjs"), REPLACE_EXISTING);
      if (!Files.exists(folder.resolve("node_modules/bullmq"))
          || Files.mismatch(lock, sources.resolve("package-lock.json")) >= 0) {
        Files.copy(
            sources.resolve("package.json"), folder.resolve("package.json"), REPLACE_EXISTING);
        Files.copy(sources.resolve("package-lock.json"), lock, REPLACE_EXISTING);
        place.run(
            "npm", List.of("npm", "ci", "--no-audit", "--no-fund", "--prefix", folder.toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /** A new and empty Redis. */
  private static final class RedisServer implements AutoCloseable {
    private final Path folder;
    final EmbeddedRedis redis;

    RedisServer(Workplace place) {
      folder = place.dataFolder("redis");
      redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(folder));
    }

    ProcessUsage usage() {
      return ProcessUsage.of(ProcessHandle.of(redis.pid()).orElseThrow());
    }

    @Override
    public void close() {
      redis.close();
      Workplace.delete(folder);
    }
  }
}
