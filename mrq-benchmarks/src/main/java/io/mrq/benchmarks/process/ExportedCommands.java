package io.mrq.benchmarks.process;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * How many commands a standalone has sent, told by what it exports anyway.
 *
 * @param mongo by the listener of its MongoDB driver
 * @param redis by its Redis, the commands inside of scripts included
 */
public record ExportedCommands(double mongo, double redis) {
  private static final String METRIC = "mongodb_driver_commands_seconds_count";
  private static final String STATISTIC = "total_commands_processed:";

  /** Reads both now. */
  public static ExportedCommands of(Standalone standalone) throws InterruptedException {
    return new ExportedCommands(mongo(standalone), redis(standalone));
  }

  private static double mongo(Standalone standalone) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(standalone.service().uri("/actuator/prometheus")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(METRIC))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double redis(Standalone standalone) {
    RedisClient client = RedisClient.create(standalone.redisUri());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return connection
          .sync()
          .info("stats")
          .lines()
          .filter(line -> line.startsWith(STATISTIC))
          .mapToDouble(line -> Double.parseDouble(line.substring(STATISTIC.length()).strip()))
          .sum();
    } finally {
      client.shutdown();
    }
  }
}
