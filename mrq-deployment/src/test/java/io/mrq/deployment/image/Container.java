package io.mrq.deployment.image;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that is what a container of the image would run, on a free loopback port. */
final class Container implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BuiltImage image;
  private final Process process;
  private final int port;
  private final Path log;

  private Container(BuiltImage image, Process process, int port, Path log) {
    this.image = image;
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param environment beside what the image itself sets
   * @param options of Java
   */
  static Container start(
      BuiltImage image, Path log, Map<String, String> environment, String... options) {
    try {
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(image.command(options))
              .directory(image.path("/mrq").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(image.environment());
      builder.environment().putAll(Map.of("SERVER_ADDRESS", "127.0.0.1", "SERVER_PORT", "" + port));
      builder.environment().putAll(environment);
      return new Container(image, builder.start(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the image's own health check is content. */
  Container awaitHealthy() {
    await("healthy, see " + log)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("it ended: " + log());
          }
          return healthy();
        });
    return this;
  }

  boolean healthy() {
    try {
      Process check =
          new ProcessBuilder(image.path("/mrq/healthy").toString(), "127.0.0.1", "" + port)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return check.waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The body of an answer. */
  String get(String path) {
    return send(path, "").body();
  }

  /**
   * The status of an answer.
   *
   * @param credentials name and password with a colon; empty for none
   */
  int status(String path, String credentials) {
    return send(path, credentials).statusCode();
  }

  private HttpResponse<String> send(String path, String credentials) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!credentials.isEmpty()) {
      byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGTERM; answers the exit code. */
  int stop() {
    process.destroy();
    return awaitEnd();
  }

  int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("still running: " + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
      awaitEnd();
    }
  }
}
