package io.mrq.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.mrq.embedded.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A Redis process with options of its own, such as a cluster node or a sentinel. It ends with this
 * JVM at the latest, since the shell before it reads from a pipe of ours.
 */
final class OwnRedis implements AutoCloseable {
  private static final String GUARD = "\"$@\" </dev/null & cat >/dev/null; kill -9 $!";
  private static final int HIGHEST_WITH_BUS = 55_000;

  private final Process guard;
  private final int port;

  private OwnRedis(Process guard, int port) {
    this.guard = guard;
    this.port = port;
  }

  /** Starts it in a folder, and returns when it answers. */
  static OwnRedis start(Path program, Path folder, int port, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "guard"));
    command.add(program.toString());
    command.addAll(List.of(options));
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", folder.toString(), "--save", ""));
    Process guard =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    OwnRedis started = new OwnRedis(guard, port);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> started.ask(redis -> redis.ping() != null));
    return started;
  }

  /** The program of these tests. */
  static Path program() {
    try (EmbeddedRedis any = EmbeddedRedis.start(TestRedis.options())) {
      String info = ask(any.port(), redis -> redis.info("server"));
      return Path.of(
          info.lines()
              .filter(line -> line.startsWith("executable:"))
              .findFirst()
              .orElseThrow()
              .substring("executable:".length()));
    }
  }

  /** A free port whose cluster bus, 10,000 higher, is free too. */
  static int freePort() throws IOException {
    while (true) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = 10_000 + free.getLocalPort() % (HIGHEST_WITH_BUS - 10_000);
        if (isFree(port) && isFree(port + 10_000)) {
          return port;
        }
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  <T> T ask(Function<RedisCommands<String, String>, T> question) {
    return ask(port, question);
  }

  private static <T> T ask(int port, Function<RedisCommands<String, String>, T> question) {
    try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return question.apply(connection.sync());
    }
  }

  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
      guard.waitFor();
    } catch (IOException e) {
      guard.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
