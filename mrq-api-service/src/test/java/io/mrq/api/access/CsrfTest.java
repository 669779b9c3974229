package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTestApplication;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What a browser must show before it changes anything. */
@TestInstance(Lifecycle.PER_CLASS)
class CsrfTest {
  private static final String JOB = "{\"path\":\"a.B\"}";

  private ApiTestApplication service;
  private Api api;

  @BeforeAll
  void start() {
    service = People.service("--server.forward-headers-strategy=framework");
    api = service.api();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void aPageGetsACookieThatOtherSitesNeverSend() {
    String cookie = operator("/api/v1/session").header("Set-Cookie");

    assertThat(cookie)
        .startsWith("XSRF-TOKEN=")
        .contains("Path=/", "SameSite=Strict")
        .doesNotContain("HttpOnly", "Secure");
    assertThat(operator("/", "Accept", "text/html,*/*").header("Set-Cookie"))
        .startsWith("XSRF-TOKEN=");
  }

  @Test
  void overHttpsTheCookieIsSecure() {
    assertThat(operator("/api/v1/session", "X-Forwarded-Proto", "https").header("Set-Cookie"))
        .contains("Secure");
  }

  @Test
  void theCookieOfAPageIsKept() {
    assertThat(operator("/api/v1/session", "Cookie", "XSRF-TOKEN=mine").header("Set-Cookie"))
        .isEmpty();
  }

  @Test
  void programsAreSparedTheCookie() {
    assertThat(operator("/api/v1/jobs").header("Set-Cookie")).isEmpty();
  }

  // AUTH-04, BUG-17
  @Test
  void aBrowserChangesThingsWithTheTokenOnly() {
    post("Sec-Fetch-Site", "same-origin").isProblem(403, "csrf-token").saying("X-XSRF-TOKEN");
    post("Cookie", "XSRF-TOKEN=t").isProblem(403, "csrf-token");
    post("Cookie", "other=t").isProblem(403, "csrf-token");
    post("Origin", "http://127.0.0.1:" + api.port()).isProblem(403, "csrf-token");
    post("Cookie", "XSRF-TOKEN=t", "X-XSRF-TOKEN", "u").isProblem(403, "csrf-token");
    post("Sec-Fetch-Site", "same-origin", "X-XSRF-TOKEN", "u").isProblem(403, "csrf-token");

    post("Sec-Fetch-Site", "same-origin", "Cookie", "XSRF-TOKEN=t", "X-XSRF-TOKEN", "t").is(201);
  }

  @Test
  void theTokenIsNotTakenFromTheBodyOrTheQuery() {
    api.post("/api/v1/jobs?_csrf=t", JOB, with("Cookie", "XSRF-TOKEN=t"))
        .isProblem(403, "csrf-token");
  }

  /** They send nothing by themselves that could be abused. */
  @Test
  void programsAndKeysNeedNoToken() {
    post().is(201);
    api.post("/api/v1/jobs", JOB, "X-API-Key", People.KEY, "Cookie", "a=b").is(201);
    api.post("/api/v1/jobs", JOB, "Authorization", "Bearer " + People.KEY, "Cookie", "a=b").is(201);
  }

  @Test
  void aTokenIsNoPassword() {
    api.post("/api/v1/jobs", JOB, "Cookie", "XSRF-TOKEN=t", "X-XSRF-TOKEN", "t")
        .isProblem(401, "unauthenticated");
  }

  @Test
  void thereIsNoSession() {
    Answer answer = operator("/api/v1/session");

    assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(c -> c.contains("SESSION"));
  }

  /** A browser's own word counts more than names, which a proxy may have rewritten. */
  @Test
  void behindAProxyThatRewritesNamesPagesStillWork() {
    post(
            "Origin",
            "https://mrq.example",
            "Sec-Fetch-Site",
            "same-origin",
            "Cookie",
            "XSRF-TOKEN=t",
            "X-XSRF-TOKEN",
            "t")
        .is(201);
  }

  @Test
  void anOlderBrowserBehindAProxyIsKnownByForwardedHeaders() {
    String[] token = {"Cookie", "XSRF-TOKEN=t", "X-XSRF-TOKEN", "t"};
    String[] page = {"Origin", "https://mrq.example"};
    String[] proxy = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "mrq.example"};

    post(all(token, page, proxy)).is(201);
    post(all(token, page)).isProblem(403, "foreign-caller");
    post(all(token, proxy, new String[] {"Origin", "https://evil.example"}))
        .isProblem(403, "foreign-caller");
  }

  /** With credentials a browser keeps the names apart by itself. */
  @Test
  void withCredentialsItAnswersUnderEveryName() {
    assertThat(
            api.raw(
                "GET /api/v1/jobs HTTP/1.1\r\nHost: mrq.example\r\nConnection: close\r\nX-API-Key: "
                    + People.KEY
                    + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  private Answer operator(String path, String... headers) {
    return api.get(path, with(headers));
  }

  private Answer post(String... headers) {
    return api.post("/api/v1/jobs", JOB, with(headers));
  }

  private static String[] with(String... headers) {
    return all(headers, People.as(People.OPERATOR));
  }

  private static String[] all(String[]... headers) {
    return Stream.of(headers).flatMap(Stream::of).toArray(String[]::new);
  }
}
