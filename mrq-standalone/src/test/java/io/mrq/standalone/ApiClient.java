package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API as any program sees it. */
final class ApiClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE = 100;

  private final String base;

  ApiClient(int port) {
    base = "http://127.0.0.1:" + port;
  }

  boolean isReady() {
    try {
      return get("/actuator/health/readiness").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
  }

  HttpResponse<String> post(String path, Object body) {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** Puts JSON. */
  HttpResponse<String> put(String path, Object body) {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** Posts without a body. */
  HttpResponse<String> post(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(base + path)).POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Enqueues one job; answers its id. */
  String enqueue(Object job) {
    HttpResponse<String> answer = post("/api/v1/jobs", job);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JSON.readTree(answer.body()).get("id").asString();
  }

  /** Enqueues many, 1,000 a request; answers their ids in order. */
  List<String> enqueueAll(List<?> jobs) {
    List<String> ids = new ArrayList<>();
    for (int from = 0; from < jobs.size(); from += 1000) {
      HttpResponse<String> answer =
          post("/api/v1/jobs", jobs.subList(from, Math.min(jobs.size(), from + 1000)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      JSON.readTree(answer.body()).get("ids").forEach(id -> ids.add(id.asString()));
    }
    return ids;
  }

  JsonNode job(String id) {
    return JSON.readTree(get("/api/v1/jobs/" + id).body());
  }

  /** The messages that a job logged. */
  List<String> logs(String id) {
    List<String> messages = new ArrayList<>();
    JSON.readTree(get("/api/v1/jobs/" + id + "/logs").body())
        .path("items")
        .forEach(line -> messages.add(line.get("message").asString()));
    return messages;
  }

  /** All jobs that pass a query such as {@code status=success}, page by page. */
  List<JsonNode> jobs(String query) {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    while (true) {
      JsonNode page = JSON.readTree(get("/api/v1/jobs?limit=" + PAGE + "&" + query + after).body());
      page.get("items").forEach(all::add);
      JsonNode next = page.get("next");
      if (next == null || next.isNull()) {
        return all;
      }
      after = "&after=" + next.asString();
    }
  }

  int count(String query) {
    return jobs(query).size();
  }

  /** The sum of a metric over its labels; 0 when it is not there. */
  double metric(String name) {
    return get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
