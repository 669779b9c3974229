package io.mrq.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/** A service with a port for HTTP, which says when it is ready. */
public final class RunningService implements AutoCloseable {
  /** Long, since {@code ./run} may have to build first. */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private static final int POLL_MILLIS = 10;
  // Below the ports that the system gives to outgoing connections.
  private static final int LOWEST_PORT = 12_000;
  private static final int HIGHEST_PORT = 19_000;

  private final ChildProcess process;
  private final int port;
  private final Duration start;

  private RunningService(ChildProcess process, int port, Duration start) {
    this.process = process;
    this.port = port;
    this.start = start;
  }

  /**
   * Starts it and returns when it is ready.
   *
   * @param command for a port
   */
  public static RunningService start(
      Workplace place, String name, IntFunction<List<String>> command) {
    int port = freePort();
    long began = System.nanoTime();
    ChildProcess process =
        ChildProcess.start(command.apply(port), place.scratch(), place.log(name), false);
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!isReady(client, port)) {
        if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
          throw new IllegalStateException(name + " did not start, see " + process.log());
        }
        Thread.sleep(POLL_MILLIS);
      }
      return new RunningService(process, port, Duration.ofNanos(System.nanoTime() - began));
    } catch (InterruptedException e) {
      process.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static boolean isReady(HttpClient client, int port) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
    try {
      return client
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that nobody listens at. */
  public static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException e) {
        // Somebody does.
      }
    }
  }

  /** How long it took from the start of the process until it was ready. */
  public Duration start() {
    return start;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public ProcessUsage usage() {
    return ProcessUsage.of(process.handle());
  }

  /** What the processes that it has started have used, such as its Redis. */
  public ProcessUsage childUsage() {
    return process
        .handle()
        .descendants()
        .map(ProcessUsage::of)
        .reduce(ProcessUsage.NONE, ProcessUsage::plus);
  }

  @Override
  public void close() {
    process.close();
  }
}
