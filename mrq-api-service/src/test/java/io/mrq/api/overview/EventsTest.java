package io.mrq.api.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.api.ApiTestApplication;
import io.mrq.api.Contract;
import io.mrq.api.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /api/v1/events}. */
class EventsTest {
  private final ApiTestApplication service = ApiTestApplication.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    service.close();
    http.close();
  }

  private Stream listen() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/api/v1/events".formatted(service.api().port())))
            .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new Stream(
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  private record Stream(BufferedReader lines) {
    String next(String prefix) throws IOException {
      String line = lines.readLine();
      while (line != null && !line.startsWith(prefix)) {
        line = lines.readLine();
      }
      return line == null ? "" : line.substring(prefix.length());
    }
  }

  private OverviewFeed feed() {
    return service.context().getBean(OverviewFeed.class);
  }

  @Test
  void theOverviewComesAgainAndAgain() throws Exception {
    try (BufferedReader lines = listen().lines()) {
      Stream stream = new Stream(lines);
      for (int i = 0; i < 2; i++) {
        assertThat(stream.next("event:")).isEqualTo("overview");
        Contract.matches("Overview", new JsonMapper().readTree(stream.next("data:")));
      }
    }
  }

  @Test
  void aListenerThatGoesAwayIsForgotten() throws Exception {
    try (BufferedReader lines = listen().lines()) {
      assertThat(new Stream(lines).next("event:")).isEqualTo("overview");
      assertThat(feed().listeners()).isEqualTo(1);
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> feed().listeners() == 0);
  }

  @Test
  void whileTheStoreIsAwayCommentsKeepTheConnection() throws Exception {
    try (BufferedReader lines = listen().lines()) {
      Stream stream = new Stream(lines);
      Stores stores = service.context().getBean(Stores.class);
      stores.away(() -> assertThat(read(stream, ":")).contains("does not answer"));
      assertThat(stream.next("event:")).isEqualTo("overview");
    }
  }

  private static String read(Stream stream, String prefix) {
    try {
      return stream.next(prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void itEndsCleanlyWhenTheServiceStops() throws Exception {
    Stream stream = listen();
    assertThat(stream.next("event:")).isEqualTo("overview");

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(service::close);

    // Read to its end: a connection that breaks would throw.
    assertThat(stream.next("never")).isEmpty();
    assertThat(stopped).succeedsWithin(Duration.ofSeconds(20));
  }
}
