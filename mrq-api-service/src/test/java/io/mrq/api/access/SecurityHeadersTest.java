package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiConfiguration;
import io.mrq.api.ApiTestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What browsers are told about every answer. */
@TestInstance(Lifecycle.PER_CLASS)
class SecurityHeadersTest {
  private ApiTestApplication service;
  private Api api;

  @BeforeAll
  void start() {
    service = ApiTestApplication.start(Host.class, "--server.forward-headers-strategy=framework");
    api = service.api();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/jobs", "/api/v1/jobs/xyz", "/nowhere", "/actuator/health"})
  void anAnswerMayLoadRunAndFrameNothingAndIsNotKept(String path) {
    Answer answer = api.get(path);

    assertThat(answer.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void whatIsRefusedCarriesThemToo() {
    Answer foreign = api.post("/api/v1/jobs", "{}", "Sec-Fetch-Site", "cross-site").is(403);
    String illegal = api.rawGet("/api/v1/jobs/a%2Fb");

    assertThat(foreign.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(illegal).startsWith("HTTP/1.1 400").contains("application/problem+json");
  }

  /** The page's own policy, with its nonce, wins. */
  // BUG-21
  @Test
  void aPageSetsItsOwnPolicyAndItsFilesAreKept() {
    Answer page = api.get("/test-page").is(200);

    assertThat(page.headers().allValues("Content-Security-Policy"))
        .containsExactly("script-src 'nonce-1'");
    assertThat(page.header("Cache-Control")).isEqualTo("max-age=60");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void overHttpsBrowsersAreToldToStayThere() {
    assertThat(
            api.get("/api/v1/jobs", "X-Forwarded-Proto", "https")
                .header("Strict-Transport-Security"))
        .isEqualTo("max-age=31536000");
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({ApiConfiguration.class, Page.class})
  static class Host {}

  @RestController
  static class Page {
    @GetMapping("/test-page")
    ResponseEntity<String> page() {
      return ResponseEntity.ok()
          .header("Content-Security-Policy", "script-src 'nonce-1'")
          .cacheControl(CacheControl.maxAge(java.time.Duration.ofMinutes(1)))
          .body("page");
    }
  }
}
