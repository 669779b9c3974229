package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTestApplication;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules behind a path prefix, and where health and metrics have a port of their own. */
class ProxyTest {
  private static final String[] PROXY = {
    "X-Forwarded-Proto",
    "https",
    "X-Forwarded-Host",
    "ops.example",
    "X-Forwarded-Prefix",
    "/mrq",
    "X-Forwarded-For",
    "192.0.2.7"
  };

  @Test
  void aPrefixThatTheProxyStripsComesBackInLinksAndCookies() {
    try (ApiTestApplication service =
        People.service("--server.forward-headers-strategy=framework")) {
      Api api = service.api();

      Answer session = api.get("/api/v1/session", as(People.OPERATOR)).is(200);
      Answer job = api.enqueue("{\"path\":\"a.B\"}", as(People.OPERATOR)).is(201);

      assertThat(session.header("Set-Cookie")).contains("Path=/mrq", "Secure", "SameSite=Strict");
      assertThat(job.header("Location")).isEqualTo("/mrq/api/v1/jobs/" + job.text("/id"));
      assertThat(api.get("/dashboard", as(People.VIEWER)).is(302).header("Location"))
          .isEqualTo("/mrq/dashboard/");
      api.get("/dashboard/").isProblem(401, "unauthenticated");
    }
  }

  /** As the Helm chart does it. */
  @Test
  void aPrefixOfTheServiceItselfChangesNoRule() {
    try (ApiTestApplication service = People.service("--server.servlet.context-path=/mrq")) {
      Api api = service.api();

      Answer session = api.get("/mrq/api/v1/session", People.as(People.OPERATOR)).is(200);

      assertThat(session.header("Set-Cookie")).contains("Path=/mrq");
      api.get("/mrq/actuator/health/readiness").is(200);
      api.get("/mrq/actuator/prometheus").isProblem(401, "unauthenticated");
      api.get("/mrq/actuator/prometheus", People.as(People.VIEWER)).is(200);
      api.get("/mrq/dashboard/").isProblem(401, "unauthenticated");
      api.get("/mrq/api/v1/jobs").isProblem(401, "unauthenticated");
      api.post("/mrq/api/v1/jobs", "{}", People.as(People.VIEWER)).isProblem(403, "role-too-small");
      api.get("/mrq/api/v1/api-keys", People.as(People.OPERATOR)).isProblem(403, "role-too-small");
      api.get("/mrq/api/v1/api-keys", People.as(People.ADMIN)).is(200);
    }
  }

  @Test
  void aPortOfItsOwnForHealthAndMetricsHasTheSameRules() {
    try (ApiTestApplication service = People.service("--management.server.port=0")) {
      Api management = service.management();

      management.get("/actuator/health").is(200);
      assertThat(management.get("/actuator/prometheus").status()).isEqualTo(401);
      management.get("/actuator/prometheus", People.bearer(People.KEY)).is(200);
      service.api().get("/actuator/prometheus", People.as(People.ADMIN)).is(404);
    }
  }

  private static String[] as(String user) {
    return Stream.of(PROXY, People.as(user)).flatMap(Stream::of).toArray(String[]::new);
  }
}
