package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code Idempotency-Key} (protocol §4). */
@ApiTest
class IdempotencyKeyTest {
  private final Api api;
  private final Stores stores;

  IdempotencyKeyTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @Test
  void theSameRequestAgainAnswersWithTheSameJob() {
    String body = "{\"path\":\"a.B\",\"queue\":\"key-same\",\"delay\":\"1h\"}";
    Answer first = api.enqueue(body, "Idempotency-Key", "same").is(201);

    Answer second = api.enqueue(body, "Idempotency-Key", "same").is(200);

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(stores.inQueue("key-same")).hasSize(1);
  }

  @Test
  void theAnswerTellsTheStatusOfNow() {
    String body = "{\"path\":\"a.B\",\"queue\":\"key-now\"}";
    String id = api.enqueue(body, "Idempotency-Key", "now").is(201).text("/id");
    api.post("/api/v1/jobs/" + id + "/cancel").is(200);

    assertThat(api.enqueue(body, "Idempotency-Key", "now").is(200).text("/status"))
        .isEqualTo("cancel");
  }

  @Test
  void whereTheJobIsNoLongerKeptItsStatusIsNullAndNothingRunsAgain() {
    String body = "{\"path\":\"a.B\",\"queue\":\"key-gone\",\"ttl\":\"1s\"}";
    String id = api.enqueue(body, "Idempotency-Key", "gone").is(201).text("/id");
    api.post("/api/v1/jobs/" + id + "/cancel").is(200);
    stores.deleteExpiring(Duration.ofSeconds(2));

    Answer again = api.enqueue(body, "Idempotency-Key", "gone").is(200);

    assertThat(again.text("/id")).isEqualTo(id);
    assertThat(again.body()).contains("\"status\":null");
    assertThat(stores.inQueue("key-gone")).isEmpty();
  }

  @Test
  void whiteSpaceAndTheOrderOfKeysMakeNoOtherBody() {
    String id =
        api.enqueue(
                "{\"path\":\"a.B\",\"params\":{\"x\":{\"a\":1,\"b\":\"é\"},\"y\":[1,2]}}",
                "Idempotency-Key",
                "canonical")
            .is(201)
            .text("/id");

    Answer again =
        api.enqueue(
            " { \"params\" : {\"y\":[ 1,2 ], \"x\":{\"b\":\"\\u00e9\",\"a\":1}},\n\"path\":\"a.B\"} ",
            "Idempotency-Key",
            "canonical");

    assertThat(again.is(200).text("/id")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\":\"a.C\",\"params\":{\"y\":[1,2]},\"queue\":\"key-other\"}",
        "{\"path\":\"a.B\",\"params\":{\"y\":[2,1]},\"queue\":\"key-other\"}",
        "{\"path\":\"a.B\",\"params\":{\"y\":[1,2]},\"queue\":\"key-other\",\"priority\":1}",
        "{\"path\":\"a.B\",\"params\":{\"y\":[1,\"2\"]},\"queue\":\"key-other\"}"
      })
  void anotherBodyIsRefused(String other) {
    String key = "other-" + other.hashCode();
    api.enqueue(
            "{\"path\":\"a.B\",\"params\":{\"y\":[1,2]},\"queue\":\"key-other\"}",
            "Idempotency-Key",
            key)
        .is(201);
    int stored = stores.inQueue("key-other").size();

    api.enqueue(other, "Idempotency-Key", key)
        .isProblem(422, "idempotency-key-reused")
        .saying("new key");

    assertThat(stores.inQueue("key-other")).hasSize(stored);
  }

  @Test
  void anotherKeyMakesAnotherJob() {
    String body = "{\"path\":\"a.B\"}";

    assertThat(api.enqueue(body, "Idempotency-Key", "one").is(201).text("/id"))
        .isNotEqualTo(api.enqueue(body, "Idempotency-Key", "two").is(201).text("/id"));
  }

  @Test
  void aRefusedJobDoesNotUseUpItsKey() {
    api.enqueue("{\"path\":\"a b\"}", "Idempotency-Key", "free").is(400);

    api.enqueue("{\"path\":\"a.B\"}", "Idempotency-Key", "free").is(201);
  }

  @Test
  void aCallerThatWasAnswered503GetsTheSameJobOnceTheStoreIsBack() {
    String body = "{\"path\":\"a.B\",\"queue\":\"key-503\"}";
    stores.failAfterInsert(
        () -> api.enqueue(body, "Idempotency-Key", "k503").isProblem(503, "store-unavailable"));

    api.enqueue(body, "Idempotency-Key", "k503").is(200);

    assertThat(stores.inQueue("key-503")).hasSize(1);
  }

  @Test
  void withAnArrayItIsRefused() {
    api.enqueue("[{\"path\":\"a.B\",\"queue\":\"key-array\"}]", "Idempotency-Key", "array")
        .isProblem(400, "invalid-parameter")
        .naming("Idempotency-Key", "not for an array");

    assertThat(stores.inQueue("key-array")).isEmpty();
  }

  @Test
  void aKeyOf255CharactersIsTaken() {
    api.enqueue("{\"path\":\"a.B\"}", "Idempotency-Key", "k".repeat(255)).is(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\tb"})
  void aKeyOfOtherThanVisibleCharactersIsRefused(String key) {
    api.enqueue("{\"path\":\"a.B\"}", "Idempotency-Key", key)
        .isProblem(400, "invalid-parameter")
        .naming("Idempotency-Key", "1 to 255 visible");
  }

  @Test
  void aKeyOfOtherThanAsciiIsRefused() {
    assertThat(
            api.raw(
                "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: é\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"path\":\"a.B\"}"))
        .startsWith("HTTP/1.1 400")
        .contains("1 to 255 visible ASCII characters");
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    api.enqueue("{\"path\":\"a.B\"}", "Idempotency-Key", "k".repeat(256))
        .isProblem(400, "invalid-parameter")
        .naming("Idempotency-Key", "255");
  }

  @Test
  void twoKeysAreRefused() {
    api.send(
            "POST",
            "/api/v1/jobs",
            BodyPublishers.ofString("{\"path\":\"a.B\"}"),
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            "a",
            "Idempotency-Key",
            "b")
        .isProblem(400, "invalid-parameter")
        .naming("Idempotency-Key", "once");
  }

  @Test
  void ofFiftyPostsAtOnceOneMakesTheJob() throws Exception {
    String body = "{\"path\":\"a.B\",\"queue\":\"key-fifty\"}";
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Answer>> posts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        posts.add(
            threads.submit(() -> {
              start.await();
              return api.enqueue(body, "Idempotency-Key", "fifty");
            }));
      }
      start.countDown();
    }

    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> post : posts) {
      answers.add(post.get());
    }
    assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
    assertThat(answers).filteredOn(a -> a.status() == 201).hasSize(1);
    assertThat(answers).extracting(a -> a.text("/id")).containsOnly(answers.getFirst().text("/id"));
    assertThat(stores.inQueue("key-fifty")).hasSize(1);
  }
}
