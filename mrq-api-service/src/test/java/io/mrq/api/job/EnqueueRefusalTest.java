package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Contract;
import io.mrq.api.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** One job, refused: the field is named, and nothing is stored. */
@ApiTest
class EnqueueRefusalTest {
  private final Api api;
  private final Stores stores;
  private long before;

  EnqueueRefusalTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @BeforeEach
  void count() {
    before = stores.count();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(stores.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "path | 5 | a text | the number 5",
        "path | null | required | mrq.tasks.Echo",
        "path | true | a text | true",
        "path | [\"a.B\"] | a text | an array",
        "params | \"x\" | an object | a text",
        "params | [] | an object | an array",
        "params | 1 | an object | the number 1",
        "queue | 7 | a text | the number 7",
        "queue | {} | a text | an object",
        "priority | \"5\" | a whole number | a text",
        "priority | 5.5 | a whole number | the number 5.5",
        "priority | 5.0 | a whole number | the number 5.0",
        "priority | true | a whole number | true",
        "priority | 1001 | between -1000 and 1000 | 1001",
        "priority | 3000000000 | a whole number | the number 3000000000",
        "delay | 30 | \"30s\" | the number 30",
        "delay | 0.5 | \"PT30S\" | the number 0.5",
        "delay | [] | \"30s\" | an array",
        "delay | \"soon\" | 30s | 'soon'",
        "delay | \"\" | 30s | ''",
        "delay | \"-PT5S\" | zero or more | 3650 days",
        "delay | \"3651d\" | zero or more | 3650 days",
        "delay | \"999999999999999d\" | 30s | 999999999999999d",
        "timeout | 30 | \"30s\" | the number 30",
        "timeout | \"1 fortnight\" | 30s | 1 fortnight",
        "timeout | \"-PT1S\" | zero or more | 3650 days",
        "ttl | 60 | \"30s\" | the number 60",
        "ttl | \"0\" | more than zero | 3650 days",
        "max_retries | \"3\" | a whole number | a text",
        "max_retries | 3.0 | a whole number | the number 3.0",
        "max_retries | -1 | zero or more | -1",
        "run_at | 1700000000 | a text | the number 1700000000",
        "run_at | \"2030-06-01T12:00:00\" | zone | 2030-06-01T12:00:00",
        "run_at | \"2030-06-01\" | zone | 2030-06-01",
        "run_at | \"tomorrow\" | zone | tomorrow",
        "run_at | \"2099-01-01T00:00:00Z\" | within ten years | years"
      })
  void aWrongTypeOrValueIsRefusedByName(String field, String json, String wanted, String given) {
    String path = field.equals("path") ? "" : "\"path\":\"a.B\",";

    api.enqueue("{%s\"%s\":%s}".formatted(path, field, json))
        .isProblem(400, "invalid-job")
        .naming(field, wanted, given);
  }

  @Test
  void aJobWithoutPathIsRefused() {
    api.enqueue("{}").isProblem(400, "invalid-job").naming("path", "is required", "mrq.tasks.Echo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\\tb", "a\\u0000b", "a\\u007fb"})
  void aBlankPathAndOneWithBlanksAreRefused(String path) {
    api.enqueue("{\"path\":\"%s\"}".formatted(path)).isProblem(400, "invalid-job").naming("path");
  }

  @Test
  void aPathOfMoreThan200CharactersIsRefused() {
    api.enqueue("{\"path\":\"%s\"}".formatted("p".repeat(201)))
        .isProblem(400, "invalid-job")
        .naming("path", "200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "ä", "a{b}", "a\\u0000", "x_raw", "x_timed_set/sub", "a,b", "$a"})
  void aBadQueueNameIsRefused(String queue) {
    api.enqueue("{\"path\":\"a.B\",\"queue\":\"%s\"}".formatted(queue))
        .isProblem(400, "invalid-job")
        .naming("queue");
  }

  @Test
  void aQueueNameOf101CharactersIsRefused() {
    api.enqueue("{\"path\":\"a.B\",\"queue\":\"%s\"}".formatted("q".repeat(101)))
        .isProblem(400, "invalid-job")
        .naming("queue", "1 to 100 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"prio", "Path", "id", "_id", "status", "retry_count", "max-retries", "", "$set"})
  void anUnknownFieldIsRefusedByName(String field) {
    api.enqueue("{\"path\":\"a.B\",\"%s\":1}".formatted(field))
        .isProblem(400, "invalid-job")
        .naming(field, "is not a field of a job", "max_retries");
  }

  @Test
  void delayAndRunAtTogetherAreRefused() {
    api.enqueue("{\"path\":\"a.B\",\"delay\":\"1s\",\"run_at\":\"2030-01-01T00:00:00Z\"}")
        .isProblem(400, "invalid-job")
        .naming("delay", "run_at");
  }

  // MIX-14
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"$set\":1} | params | $set",
        "{\"a\":{\"$gt\":\"\"}} | params.a | $gt",
        "{\"a.b\":1} | params | a.b",
        "{\"l\":[{\"x\":{\"y.z\":1}}]} | params.l[0].x | y.z",
        "{\"a\\u0000b\":1} | params | zero character"
      })
  void keysThatMongoCannotHoldAreRefused(String params, String field, String key) {
    api.enqueue("{\"path\":\"a.B\",\"params\":%s}".formatted(params))
        .isProblem(400, "invalid-job")
        .naming(field, key);
  }

  @Test
  void paramsOverOneMegabyteAreRefused() {
    api.enqueue("{\"path\":\"a.B\",\"params\":{\"big\":\"%s\"}}".formatted("x".repeat(1024 * 1024)))
        .isProblem(400, "invalid-job")
        .naming("params", "1048576");
  }

  @Test
  void paramsThatAreNestedTooDeeplyAreRefused() {
    String nested = "{\"a\":".repeat(81) + "1" + "}".repeat(81);

    api.enqueue("{\"path\":\"a.B\",\"params\":%s}".formatted(nested))
        .isProblem(400, "invalid-job")
        .saying("80 levels");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "9223372036854775808 | fit into 64 bits",
        "-9223372036854775809 | fit into 64 bits",
        "123456789012345678901234567890 | fit into 64 bits",
        "1e999 | too large for a number of 64 bits",
        "-1e999 | too large for a number of 64 bits",
        "12345678901234567.89 | more digits than a number of 64 bits can keep",
        "0.12345678901234567890 | send it as a text",
        "9007199254740993.0 | more digits",
        "1e-400 | more digits",
        "1e-99999999999 | more digits"
      })
  void numbersBeyond64BitsAreRefused(String number, String sentence) {
    api.enqueue("{\"path\":\"a.B\",\"params\":{\"n\":[0,%s]}}".formatted(number))
        .isProblem(400, "invalid-job")
        .naming("params.n[1]", sentence);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"path\":\"a.B\",\"path\":\"a.C\"} | path",
        "{\"path\":\"a.B\",\"params\":{\"x\":1,\"x\":1}} | params.x",
        "{\"path\":\"a.B\",\"params\":{\"l\":[{\"x\":1,\"y\":2,\"x\":3}]}} | params.l[0].x"
      })
  void aKeyThatIsGivenTwiceIsRefused(String json, String field) {
    api.enqueue(json).isProblem(400, "invalid-job").naming(field, "appears twice");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"path\":\"a.\\ud800B\"} | path",
        "{\"path\":\"a.B\",\"queue\":\"\\udc00\"} | queue",
        "{\"path\":\"a.B\",\"params\":{\"t\":\"\\ud83d\"}} | params.t",
        "{\"path\":\"a.B\",\"params\":{\"t\":\"\\ude00\\ud83d\"}} | params.t"
      })
  void halfASurrogatePairIsRefused(String json, String field) {
    api.enqueue(json).isProblem(400, "invalid-job").naming(field, "surrogate");
  }

  @Test
  void halfASurrogatePairInAKeyIsRefusedAndShownAsReplaced() {
    api.enqueue("{\"path\":\"a.B\",\"params\":{\"k\\ud800\":1}}")
        .isProblem(400, "invalid-job")
        .naming("params.k\uFFFD", "surrogate");
  }

  @Test
  void whatTheServiceRepeatsOfARequestIsBounded() {
    String answer =
        api.enqueue("{\"path\":\"a.B\",\"%s\":1}".formatted("f".repeat(40_000)))
            .isProblem(400, "invalid-job")
            .body();

    assertThat(answer.length()).isLessThan(5_000);
  }

  @Test
  void theDescriptionRefusesThemToo() {
    JsonMapper json = new JsonMapper();

    assertThat(Contract.allows("NewJob", json.readTree("{\"path\":\"a.B\",\"delay\":\"30s\"}")))
        .isTrue();
    assertThat(Contract.allows("NewJob", json.readTree("{}"))).isFalse();
    assertThat(Contract.allows("NewJob", json.readTree("{\"path\":\"a.B\",\"prio\":1}"))).isFalse();
    assertThat(Contract.allows("NewJob", json.readTree("{\"path\":\"a.B\",\"delay\":30}")))
        .isFalse();
    assertThat(Contract.allows("NewJob", json.readTree("{\"path\":\"a.B\",\"priority\":1001}")))
        .isFalse();
    assertThat(Contract.allows("NewJob", json.readTree("{\"path\":\"a.B\",\"queue\":\"a b\"}")))
        .isFalse();
  }
}
