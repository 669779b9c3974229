package io.mrq.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditEntry.Outcome;
import io.mrq.job.JobStatus;
import io.mrq.test.builder.JobBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/v1/queues/pause} and {@code …/resume}. */
@ApiTest
class QueuePauseTest {
  private final Api api;
  private final Stores stores;

  QueuePauseTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @Test
  void aPausedQueueShowsWhoWhyAndSinceWhen() {
    put("paused-one");

    assertThat(pause("paused-one", "provider down"))
        .isEqualTo("{\"queue\":\"paused-one\",\"paused\":true}");

    JsonNode paused = shown("paused-one").at("/paused");
    assertThat(paused.propertyNames()).containsExactly("who", "why", "at");
    assertThat(paused.at("/who").asString()).isEqualTo("anonymous");
    assertThat(paused.at("/why").asString()).isEqualTo("provider down");
  }

  @Test
  void aResumedQueueIsNotPaused() {
    put("paused-two");
    pause("paused-two", "x");

    assertThat(api.post("/api/v1/queues/resume", "{\"queue\":\"paused-two\"}").is(200).body())
        .isEqualTo("{\"queue\":\"paused-two\",\"paused\":false}");

    assertThat(shown("paused-two").has("paused")).isFalse();
  }

  // QUE-20
  @Test
  void anEmptyPausedQueueIsListedSoThatItCanBeResumed() {
    pause("paused-empty", "x");

    JsonNode queue = shown("paused-empty");
    assertThat(queue.at("/size").asInt()).isZero();
    assertThat(queue.has("paused")).isTrue();

    api.post("/api/v1/queues/resume", "{\"queue\":\"paused-empty\"}").is(200);
    assertThat(queue("paused-empty")).isEmpty();
  }

  // QUE-16, QUE-17
  @Test
  void aRootPausesItsSubqueuesAndASubqueueOnlyItself() {
    put("root/a");
    put("root/b");
    put("other/a");
    put("other/b");

    pause("root/", "x");
    pause("other/a", "x");

    assertThat(shown("root/a").has("paused")).isTrue();
    assertThat(shown("root/b").has("paused")).isTrue();
    assertThat(shown("other/a").has("paused")).isTrue();
    assertThat(shown("other/b").has("paused")).isFalse();
    assertThat(api.post("/api/v1/queues/resume", "{\"queue\":\"root/a\"}").is(200).text("/paused"))
        .isEqualTo("true");
    assertThat(api.post("/api/v1/queues/resume", "{\"queue\":\"root\"}").is(200).text("/paused"))
        .isEqualTo("false");
    assertThat(shown("root/a").has("paused")).isFalse();
  }

  @Test
  void thePauseAndItsReasonAreInTheAuditLog() {
    pause("paused-audit", "provider down");

    AuditEntry act = stores.lastAct();
    assertThat(act.action()).isEqualTo("queue.pause");
    assertThat(act.target()).isEqualTo("paused-audit");
    assertThat(act.detail()).isEqualTo("provider down");
    assertThat(act.outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void anEmptyReasonIsNone() {
    pause("pause-mute", "");

    assertThat(stores.lastAct().target()).isEqualTo("pause-mute");
    api.post("/api/v1/queues/resume", "{\"queue\":\"pause-mute\"}").is(200);
  }

  @Test
  void aBodyThatIsNotUnderstoodIsRefused() {
    refused("{}").naming("queue", "required");
    refused("{\"queue\":\"\"}").naming("queue");
    refused("{\"queue\":{\"$ne\":\"x\"}}").naming("queue", "text");
    refused("{\"queue\":\"q\",\"why\":\"x\"}").naming("why", "unknown");
    refused("{\"queue\":\"q\",\"queue\":\"p\"}").naming("queue", "twice");
    refused("{\"queue\":\"%s\"}".formatted("q".repeat(201))).naming("queue", "200");
    refused("{\"queue\":\"q\",\"reason\":\"%s\"}".formatted("r".repeat(501))).naming("reason");
    api.post("/api/v1/queues/pause", "[]").isProblem(400, "invalid-json");
    api.post("/api/v1/queues/pause", "").isProblem(400, "invalid-json");
    api.post("/api/v1/queues/pause?queue=q", "{\"queue\":\"q\"}")
        .isProblem(400, "invalid-parameter");
    api.post("/api/v1/queues/resume").isProblem(415, "unsupported-media-type");
  }

  private Answer refused(String body) {
    return api.post("/api/v1/queues/pause", body).isProblem(400, "invalid-parameter");
  }

  private String pause(String queue, String reason) {
    return api.post(
            "/api/v1/queues/pause", "{\"queue\":\"%s\",\"reason\":\"%s\"}".formatted(queue, reason))
        .is(200)
        .body();
  }

  private void put(String queue) {
    stores.insert(JobBuilder.aJob().queue(queue).status(JobStatus.QUEUED).build());
  }

  /** The counts of a moment are shared for a second. */
  private JsonNode shown(String name) {
    return await().until(() -> queue(name), Optional::isPresent).orElseThrow();
  }

  private Optional<JsonNode> queue(String name) {
    for (JsonNode item : api.get("/api/v1/queues").is(200).json().at("/items")) {
      if (item.at("/name").asString().equals(name)) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }
}
