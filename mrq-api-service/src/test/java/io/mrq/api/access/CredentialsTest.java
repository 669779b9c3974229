package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTestApplication;
import io.mrq.hash.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Who is known, and by what. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class CredentialsTest {
  private static final String HASHED_KEY = "another-key-0123456789-0123456789-xyz";
  private static final String BCRYPT_PASSWORD = "correct: horse";

  private ApiTestApplication service;
  private Api api;

  @BeforeAll
  void start() {
    service =
        People.service(
            "--mrq.api.users[3].name=bcrypted",
            "--mrq.api.users[3].password={bcrypt}"
                + new BCryptPasswordEncoder(4).encode(BCRYPT_PASSWORD),
            "--mrq.api.keys[1].name=hashed",
            "--mrq.api.keys[1].key={sha256}" + Sha256.hex(HASHED_KEY));
    api = service.api();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /** The passwords hold colons and letters beyond ASCII. */
  @ParameterizedTest
  @CsvSource({"viewer-1, viewer", "operator-1, operator", "admin-1, admin"})
  void aUserIsKnownByNameAndPassword(String user, String role) {
    session(People.as(user), user, role);
  }

  // AUTH-03
  @Test
  void aPasswordMayBeConfiguredAsABcryptHash() {
    session(People.basic("bcrypted", BCRYPT_PASSWORD), "bcrypted", "viewer");
    session(People.basic("bcrypted", BCRYPT_PASSWORD), "bcrypted", "viewer");
    refused(People.basic("bcrypted", BCRYPT_PASSWORD + "!"));
  }

  @Test
  void aServiceIsKnownByItsKeyInEitherHeader() {
    session(People.bearer(People.KEY), "key:ci", "operator");
    session(new String[] {"Authorization", "bearer " + People.KEY}, "key:ci", "operator");
    session(new String[] {"X-API-Key", People.KEY}, "key:ci", "operator");
  }

  // AUTH-03
  @Test
  void aKeyMayBeConfiguredAsAHash() {
    session(People.bearer(HASHED_KEY), "key:hashed", "viewer");
    refused(People.bearer(Sha256.hex(HASHED_KEY)));
  }

  // AUTH-04
  @Test
  void everythingElseIsRefused() {
    refused(People.basic(People.ADMIN, ""));
    refused(People.basic(People.ADMIN, "pass"));
    refused(People.basic("nobody", "x"));
    refused(People.basic("", ""));
    refused(People.basic("ci", People.KEY));
    refused(People.basic("ADMIN-1", "pass:word:admin-1 é"));
    refused(People.bearer(People.KEY + "x"));
    refused(People.bearer(""));
    refused(new String[] {"X-API-Key", ""});
    refused(new String[] {"Authorization", "Basic %%%"});
    refused(new String[] {"Authorization", "Basic " + "QQ=="});
    refused(new String[] {"Authorization", "Digest x"});
  }

  @Test
  void aWrongKeyDoesNotMakeABrowserAsk() {
    assertThat(refused(People.bearer("wrong")).header("WWW-Authenticate")).startsWith("Bearer ");
    assertThat(refused(People.basic("a", "b")).header("WWW-Authenticate")).startsWith("Basic ");
  }

  // AUTH-01
  @Test
  void onALoopbackAddressWithoutUsersEverybodyMayDoEverything() {
    try (ApiTestApplication open = ApiTestApplication.start()) {
      Answer answer = open.api().get("/api/v1/session").is(200);
      assertThat(answer.body())
          .isEqualTo("{\"user\":null,\"role\":\"admin\",\"authenticated\":false}");
      open.api().enqueue("{\"path\":\"a.B\"}").is(201);
      open.api().get("/actuator/prometheus").is(200);
      open.api().get("/api/v1/session", People.basic("ann", "remembered")).is(200);
      open.api().get("/api/v1/session", People.bearer("wrong")).isProblem(401, "unauthenticated");
    }
  }

  @Test
  void secretsAreShownNowhere(CapturedOutput output) {
    try (ApiTestApplication loud = People.service("--logging.level.root=debug")) {
      loud.api().get("/api/v1/session", People.as(People.ADMIN)).is(200);
      loud.api().get("/api/v1/session", People.bearer(People.KEY)).is(200);
      assertThat(loud.context().getBean(AccessProperties.class).toString())
          .contains("admin-1", "ci")
          .doesNotContain("pass:word", People.KEY);
      assertThat(loud.api().get("/actuator/prometheus", People.as(People.ADMIN)).is(200).body())
          .doesNotContain("pass:word", People.KEY, "spring_security");
    }
    assertThat(output.getAll().lines().filter(line -> !line.contains("tomcat")))
        .isNotEmpty()
        .noneMatch(line -> line.contains("pass:word:admin") || line.contains(People.KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--mrq.api.users[0].name=|--mrq.api.users[0].password=hush-hush|mrq.api.users[0].name is missing",
        "--mrq.api.users[0].name=a:b|--mrq.api.users[0].password=hush-hush|mrq.api.users[0].name holds a colon",
        "--mrq.api.users[0].name=ann|--mrq.api.users[0].role=admin|mrq.api.users[0].password is missing",
        "--mrq.api.users[0].name=ann|--mrq.api.users[0].password={bcrypt}hush-hush|no bcrypt hash follows",
        "--mrq.api.users[0].name=ann|--mrq.api.users[0].password={noop}hush-hush|an encoding other than {bcrypt}",
        "--mrq.api.users[0].name=ann|--mrq.api.users=hush-hush|mrq.api.users cannot be read",
        "--mrq.api.keys[0].name=ci|--mrq.api.keys[0].key=hush-hush|at least 32 visible",
        "--mrq.api.keys[0].name=ci|--mrq.api.keys[0].key={sha256}hush-hush|no 64 hex digits follow",
        "--mrq.api.keys[0].name=ci|--mrq.api.keys=hush-hush|mrq.api.keys cannot be read",
        "--mrq.api.users[0].name=ann|--mrq.api.users[0].role=hush-hush|mrq.api.users[0].role cannot be read"
      })
  void aWrongConfigurationEndsTheStartWithASentenceThatTellsNoSecret(
      String line, CapturedOutput output) {
    String[] parts = line.split("\\|");

    assertThatThrownBy(() -> ApiTestApplication.start(parts[0], parts[1]))
        .isInstanceOf(RuntimeException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START", parts[2])
        .doesNotContain("hush-hush", "\tat ");
  }

  private void session(String[] header, String user, String role) {
    assertThat(api.get("/api/v1/session", header).is(200).body())
        .isEqualTo(
            "{\"user\":\"%s\",\"role\":\"%s\",\"authenticated\":true}".formatted(user, role));
  }

  private Answer refused(String[] header) {
    return api.get("/api/v1/session", header).isProblem(401, "unauthenticated");
  }
}
