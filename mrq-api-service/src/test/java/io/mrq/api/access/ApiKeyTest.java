package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTestApplication;
import io.mrq.api.Stores;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/v1/api-keys}. */
@TestInstance(Lifecycle.PER_CLASS)
class ApiKeyTest {
  private ApiTestApplication service;
  private Api api;
  private Stores stores;

  @BeforeAll
  void start() {
    service = People.service();
    api = service.api();
    stores = service.context().getBean(Stores.class);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void aNewKeyLetsAServiceInAndIsShownOnce() {
    Answer made = make("{\"name\":\"shop\",\"role\":\"operator\"}").is(201);
    String secret = made.text("/key");

    assertThat(made.text("/created_by")).isEqualTo(People.ADMIN);
    assertThat(made.header("Cache-Control")).contains("no-store");
    api.enqueue("{\"path\":\"a.B\"}", People.bearer(secret)).is(201);
    assertThat(api.get("/api/v1/session", People.bearer(secret)).is(200).body())
        .isEqualTo("{\"user\":\"key:shop\",\"role\":\"operator\",\"authenticated\":true}");
    assertThat(list().body())
        .contains("\"id\":\"" + made.text("/id") + "\"", "\"name\":\"shop\"")
        .doesNotContain(secret, "hash", "\"key\"");
  }

  @Test
  void withoutARoleItMayOnlyLook() {
    String secret = make("{\"name\":\"board\"}").is(201).text("/key");

    api.get("/api/v1/jobs", People.bearer(secret)).is(200);
    api.enqueue("{\"path\":\"a.B\"}", People.bearer(secret)).isProblem(403, "role-too-small");
  }

  @Test
  void aRevokedKeyOpensNothing() {
    Answer made = make("{\"name\":\"gone\",\"role\":\"admin\"}").is(201);
    String secret = made.text("/key");
    api.get("/api/v1/api-keys", People.bearer(secret)).is(200);

    assertThat(revoke(made.text("/id")).is(200).body())
        .isEqualTo("{\"id\":\"%s\",\"revoked\":true}".formatted(made.text("/id")));

    api.get("/api/v1/jobs", People.bearer(secret))
        .isProblem(401, "unauthenticated")
        .saying("revoked");
    revoke(made.text("/id")).isProblem(404, "api-key-not-found");
  }

  @Test
  void bothAreInTheAuditLogWithoutTheSecret() {
    Answer made =
        make("{\"name\":\"noted\",\"role\":\"viewer\",\"expires\":\"2999-01-01T00:00:00Z\"}")
            .is(201);

    assertThat(stores.lastAct().who()).isEqualTo(People.ADMIN);
    assertThat(stores.lastAct().action()).isEqualTo("api-key.create");
    assertThat(stores.lastAct().target()).isEqualTo("noted");
    assertThat(stores.lastAct().detail()).isEqualTo("role viewer, until 2999-01-01T00:00:00.000Z");
    assertThat(made.text("/expires")).isEqualTo("2999-01-01T00:00:00.000Z");

    revoke(made.text("/id"));
    assertThat(stores.lastAct().action()).isEqualTo("api-key.revoke");
    assertThat(stores.lastAct().target()).isEqualTo(made.text("/id"));
  }

  @Test
  void whoUsesAKeyIsInTheAuditLogUnderItsName() {
    String secret = make("{\"name\":\"cancels\",\"role\":\"operator\"}").is(201).text("/key");
    String id = api.enqueue("{\"path\":\"a.B\"}", People.bearer(secret)).is(201).text("/id");

    api.send(
            "POST",
            "/api/v1/jobs/" + id + "/cancel",
            BodyPublishers.noBody(),
            People.bearer(secret))
        .is(200);

    assertThat(stores.lastAct().who()).isEqualTo("key:cancels");
  }

  @Test
  void whoTriesMoreThanTheRoleAllowsIsInTheAuditLog() {
    api.post("/api/v1/api-keys", "{\"name\":\"sly\"}", People.as(People.OPERATOR))
        .isProblem(403, "role-too-small");

    assertThat(stores.lastAct().who()).isEqualTo(People.OPERATOR);
    assertThat(stores.lastAct().action()).isEqualTo("access.refused");
    assertThat(stores.lastAct().target()).isEqualTo("POST /api/v1/api-keys");
    assertThat(stores.lastAct().outcome().text()).isEqualTo("refused");
    assertThat(stores.lastAct().detail()).isEqualTo("This requires the role admin.");
    stores.away(() ->
        api.post("/api/v1/api-keys", "{}", People.as(People.OPERATOR))
            .isProblem(403, "role-too-small"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|name",
        "{\"name\":\" \"}|name",
        "{\"name\":5}|name",
        "{\"name\":\"a\\u0000b\"}|name",
        "{\"name\":\"a\",\"role\":\"root\"}|role",
        "{\"name\":\"a\",\"role\":{\"$ne\":1}}|role",
        "{\"name\":\"a\",\"expires\":\"2001-01-01T00:00:00Z\"}|expires",
        "{\"name\":\"a\",\"expires\":\"tomorrow\"}|expires",
        "{\"name\":\"a\",\"hash\":\"x\"}|hash"
      })
  void aWishThatCannotBeUnderstoodIsRefused(String body, String field) {
    make(body).isProblem(400, "invalid-parameter").naming(field);
  }

  @Test
  void whileTheStoreIsAwayKeysOfTheConfigurationStillWork() {
    String secret = make("{\"name\":\"away\"}").is(201).text("/key");

    stores.away(() -> {
      api.get("/api/v1/session", People.bearer(secret)).isProblem(503, "store-unavailable");
      api.get("/api/v1/session", People.bearer(People.KEY)).is(200);
      api.get("/api/v1/session", People.as(People.VIEWER)).is(200);
    });
  }

  @Test
  void whoGuessesPasswordsHasToWait() {
    for (int i = 0; i < LoginThrottle.WRONG_WITHOUT_WAIT; i++) {
      api.get("/api/v1/session", People.basic("guessed", "wrong"))
          .isProblem(401, "unauthenticated");
    }

    Answer answer =
        api.get("/api/v1/session", People.basic("guessed", "wrong"))
            .isProblem(401, "unauthenticated")
            .saying("Too many wrong passwords", "seconds");

    assertThat(answer.header("Retry-After")).isEqualTo("1");
    api.get("/api/v1/session", People.as(People.VIEWER)).is(200);
  }

  private Answer make(String json) {
    return api.post("/api/v1/api-keys", json, People.as(People.ADMIN));
  }

  private Answer list() {
    return api.get("/api/v1/api-keys", People.as(People.ADMIN));
  }

  private Answer revoke(String id) {
    return api.send(
        "DELETE", "/api/v1/api-keys/" + id, BodyPublishers.noBody(), People.as(People.ADMIN));
  }
}
