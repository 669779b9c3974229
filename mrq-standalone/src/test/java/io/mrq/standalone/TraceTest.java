package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One trace from the request of a caller to every attempt of its job. */
@SpringBootTest(
    classes = {MrqStandaloneApplication.class, TraceTest.Traced.class},
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "management.opentelemetry.tracing.export.schedule-delay=50ms")
@DirtiesContext
class TraceTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "00-" + TRACE + "-b7ad6b7169203331-01";

  @TempDir static Path data;

  @LocalServerPort private int port;
  @Autowired private InMemorySpanExporter exporter;
  @Autowired private Flaky flaky;

  @DynamicPropertySource
  static void stores(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
  }

  private String post(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/jobs"))
            .header("Content-Type", "application/json")
            .header("traceparent", CALLER)
            .header("tracestate", "vendor=1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      return new JsonMapper().readTree(answer.body()).get("id").asString();
    }
  }

  private List<SpanData> spans(SpanKind kind) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(TRACE) && span.getKind() == kind)
        .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
        .toList();
  }

  private List<String> ancestors(SpanData span) {
    Map<String, String> parents =
        exporter.getFinishedSpanItems().stream()
            .collect(Collectors.toMap(SpanData::getSpanId, SpanData::getParentSpanId));
    return Stream.iterate(
            span.getParentSpanId(),
            parents::containsKey,
            parent -> parents.getOrDefault(parent, ""))
        .toList();
  }

  private static String tag(SpanData span, String name) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
  }

  @Test
  void aRetriedJobIsOneTraceFromTheRequestToItsSuccess() throws Exception {
    String id = post("{\"path\": \"flaky\", \"params\": {}}");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> spans(SpanKind.CONSUMER).size() == 2 && spans(SpanKind.SERVER).size() == 1);

    SpanData server = spans(SpanKind.SERVER).getFirst();
    SpanData send = spans(SpanKind.PRODUCER).getFirst();
    SpanData first = spans(SpanKind.CONSUMER).getFirst();
    SpanData second = spans(SpanKind.CONSUMER).getLast();
    assertThat(server.getParentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(send.getName()).isEqualTo("send default");
    // Spring Security has spans of its own between the two.
    assertThat(ancestors(send)).contains(server.getSpanId());
    assertThat(tag(send, "messaging.system")).isEqualTo("mrq");
    assertThat(tag(send, "messaging.destination.name")).isEqualTo("default");
    assertThat(tag(send, "messaging.message.id")).isEqualTo(id);
    for (SpanData attempt : List.of(first, second)) {
      assertThat(attempt.getName()).isEqualTo("process flaky");
      assertThat(attempt.getParentSpanId()).isEqualTo(send.getSpanId());
      assertThat(tag(attempt, "messaging.message.id")).isEqualTo(id);
      assertThat(tag(attempt, "mrq.task")).isEqualTo("flaky");
    }
    assertThat(tag(first, "mrq.outcome")).isEqualTo("retry");
    assertThat(tag(second, "mrq.outcome")).isEqualTo("success");
    assertThat(first.getLinks()).isEmpty();
    assertThat(second.getLinks())
        .extracting(LinkData::getSpanContext)
        .satisfiesExactly(link -> {
          assertThat(link.getTraceId()).isEqualTo(TRACE);
          assertThat(link.getSpanId()).isEqualTo(first.getSpanId());
        });
    assertThat(flaky.logged).containsExactly(TRACE, TRACE);
    JsonNode trace = new ApiClient(port).job(id).get("trace");
    assertThat(trace.get("traceparent").asString())
        .isEqualTo("00-" + TRACE + "-" + send.getSpanId() + "-01");
    assertThat(trace.get("tracestate").asString()).isEqualTo("vendor=1");
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Traced {
    @Bean
    InMemorySpanExporter exporter() {
      return InMemorySpanExporter.create();
    }

    @Bean
    Flaky flaky() {
      return new Flaky();
    }
  }

  static class Flaky {
    final Queue<String> logged = new ConcurrentLinkedQueue<>();

    @MrqTask("flaky")
    void run() {
      logged.add(String.valueOf(MDC.get("traceId")));
      JobContext context = JobContext.current().orElseThrow();
      if (context.job().attempt() == 1) {
        throw context.retry("again", Duration.ZERO);
      }
    }
  }
}
