package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Contract;
import io.mrq.api.Stores;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** One job, accepted. */
@ApiTest
class EnqueueTest {
  private final Api api;
  private final Stores stores;

  EnqueueTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @Test
  void oneJobIsStoredAndAnsweredWithItsAddress() {
    Answer answer = api.enqueue("{\"path\":\"tasks.Mail\",\"params\":{\"to\":\"a@b.c\"}}").is(201);

    String id = answer.text("/id");
    assertThat(answer.header("Location")).isEqualTo("/api/v1/jobs/" + id);
    assertThat(answer.body()).isEqualTo("{\"id\":\"%s\",\"status\":\"queued\"}".formatted(id));
    Job job = stores.job(id);
    assertThat(job.path()).isEqualTo("tasks.Mail");
    assertThat(job.params()).isEqualTo(Map.of("to", "a@b.c"));
    assertThat(job.queue()).isEqualTo("default");
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job.priority()).isZero();
    assertThat(job.timeout()).isNull();
    assertThat(job.maxRetries()).isNull();
    assertThat(job.ttl()).isNull();
  }

  @Test
  void theLocationLeadsToTheJob() {
    Answer answer = api.enqueue("{\"path\":\"tasks.Mail\"}").is(201);

    assertThat(api.get(answer.header("Location")).is(200).text("/id"))
        .isEqualTo(answer.text("/id"));
  }

  @Test
  void everyFieldReachesTheStore() {
    String id =
        api.idOf(
            """
            {"path": "tasks.Mail", "params": {"n": 1}, "queue": "mails/high:1", "priority": -7,
             "timeout": "5m", "max_retries": 9, "ttl": "PT1H30M"}
            """);

    Job job = stores.job(id);
    assertThat(job.queue()).isEqualTo("mails/high:1");
    assertThat(job.priority()).isEqualTo(-7);
    assertThat(job.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(job.maxRetries()).isEqualTo(9);
    assertThat(job.ttl()).isEqualTo(Duration.ofMinutes(90));
  }

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "PT30S, PT30S",
    "pt30s, PT30S",
    "250ms, PT0.25S",
    "5m, PT5M",
    "2h, PT2H",
    "7d, PT168H"
  })
  void durationsAreTextsWithAUnitOrInIsoForm(String text, Duration expected) {
    String id = api.idOf("{\"path\":\"a.B\",\"timeout\":\"%s\"}".formatted(text));

    assertThat(stores.job(id).timeout()).isEqualTo(expected);
  }

  // TMO-01
  @Test
  void aTimeoutOfZeroIsNoLimit() {
    assertThat(stores.job(api.idOf("{\"path\":\"a.B\",\"timeout\":\"0\"}")).timeout())
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void aDelayedJobWaitsAsRetryUntilItsDate() {
    Instant before = Instant.now();

    Answer answer = api.enqueue("{\"path\":\"a.B\",\"delay\":\"1h\"}").is(201);

    assertThat(answer.text("/status")).isEqualTo("retry");
    Job job = stores.job(answer.text("/id"));
    assertThat(job.isDelayed()).isTrue();
    assertThat(job.dateretry())
        .isBetween(before.plus(Duration.ofMinutes(59)), before.plus(Duration.ofMinutes(61)));
    assertThat(api.get("/api/v1/jobs/" + job.id()).json().at("/delayed").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2030-06-01T12:00:00Z",
        "2030-06-01T14:00:00+02:00",
        "2030-06-01T12:00Z",
        "2030-06-01T12:00:00.000000Z",
        "2030-06-01T14:00:00+02:00[Europe/Paris]"
      })
  void runAtIsAnIsoDateWithAZone(String date) {
    String id = api.idOf("{\"path\":\"a.B\",\"run_at\":\"%s\"}".formatted(date));

    assertThat(stores.job(id).dateretry()).isEqualTo(Instant.parse("2030-06-01T12:00:00Z"));
  }

  @Test
  void aDateInThePastMeansAtOnce() {
    assertThat(
            api.enqueue("{\"path\":\"a.B\",\"run_at\":\"2001-01-01T00:00:00Z\"}").text("/status"))
        .isEqualTo("queued");
  }

  @Test
  void anOptionalFieldThatIsNullCountsAsAbsent() {
    String id =
        api.idOf(
            """
            {"path":"a.B","params":null,"queue":null,"priority":null,"delay":null,"run_at":null,
             "timeout":null,"max_retries":null,"ttl":null}
            """);

    assertThat(stores.job(id).params()).isEmpty();
    assertThat(stores.job(id).queue()).isEqualTo("default");
  }

  @Test
  void paramsKeepTheirOrderTheirTypesAndTheirNulls() {
    String params =
        "{\"z\":1,\"a\":-2147483648,\"long\":2147483648,\"max\":9223372036854775807,\"f\":1.5,\"whole\":2.0,"
            + "\"e\":1e3,\"t\":\"é😀\\u0000\",\"no\":null,\"yes\":true,\"list\":[1,[],{},\"x\",null],\"map\":{\"b\":1,\"a\":2}}";

    String id = api.idOf("{\"path\":\"a.B\",\"params\":%s}".formatted(params));

    Map<String, ?> stored = stores.job(id).params();
    assertThat(stored.keySet())
        .containsExactly(
            "z", "a", "long", "max", "f", "whole", "e", "t", "no", "yes", "list", "map");
    assertThat(stored.get("z")).isEqualTo(1);
    assertThat(stored.get("a")).isEqualTo(Integer.MIN_VALUE);
    assertThat(stored.get("long")).isEqualTo(2147483648L);
    assertThat(stored.get("max")).isEqualTo(Long.MAX_VALUE);
    assertThat(stored.get("f")).isEqualTo(1.5);
    assertThat(stored.get("whole")).isEqualTo(2.0);
    assertThat(stored.get("e")).isEqualTo(1000.0);
    assertThat(stored.get("t")).isEqualTo("é😀\0");
    assertThat(stored.get("no")).isNull();
    assertThat(stored.get("map")).isEqualTo(Map.of("a", 2, "b", 1));
    JsonMapper json = new JsonMapper();
    String shown = api.get("/api/v1/jobs/" + id).json().at("/params").toString();
    assertThat(shown).isEqualTo(json.readTree(params).toString());
  }

  @Test
  void aParamsObjectOfNearlyOneMegabyteIsStored() {
    String big = "x".repeat(1024 * 1024 - 100);

    String id = api.idOf("{\"path\":\"a.B\",\"params\":{\"big\":\"%s\"}}".formatted(big));

    assertThat(stores.job(id).params()).isEqualTo(Map.of("big", big));
  }

  /** Some programs put one before all their UTF-8. */
  @Test
  void aByteOrderMarkIsOverlooked() {
    api.enqueue("\uFEFF{\"path\":\"a.B\"}").is(201);
  }

  @Test
  void theDescriptionNamesTheFieldsThatAreRead() {
    assertThat(Contract.document().at("/components/schemas/NewJob/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(JobBody.NAMES);
    assertThat(JobBody.NAMES)
        .isEqualTo(
            List.of(
                "path",
                "params",
                "queue",
                "priority",
                "delay",
                "run_at",
                "timeout",
                "max_retries",
                "ttl"));
  }
}
