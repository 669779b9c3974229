package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser on this machine may be made to do by a stranger's page. */
@ApiTest
class CallerGuardTest {
  private final Api api;
  private final Stores stores;

  CallerGuardTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST",
        "127.0.0.1:8080",
        "127.1.2.3",
        "[::1]:8080",
        "app.localhost:1"
      })
  void namesOfThisMachineAreAnswered(String host) {
    assertThat(get(host)).startsWith("HTTP/1.1 200");
  }

  /** A page of evil.example whose name suddenly means 127.0.0.1 (DNS rebinding). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "0.0.0.0",
        "xlocalhost"
      })
  void otherNamesAreRefused(String host) {
    assertThat(get(host))
        .startsWith("HTTP/1.1 403")
        .contains("urn:mrq:problem:foreign-caller")
        .contains("mrq.api.allow-insecure=true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://localhost:1",
        "https://localhost:PORT",
        "http://127.0.0.1:PORT.evil.example"
      })
  void aPageOfAnotherOriginChangesNothing(String origin) {
    long before = stores.count();

    api.enqueue("{\"path\":\"a.B\"}", "Origin", origin.replace("PORT", "" + api.port()))
        .isProblem(403, "foreign-caller");

    assertThat(stores.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void aBrowserThatNamesAnotherSiteChangesNothing(String site) {
    api.enqueue("{\"path\":\"a.B\"}", "Sec-Fetch-Site", site).isProblem(403, "foreign-caller");
  }

  @Test
  void aFormOfAStrangerCannotCancel() {
    String id = api.idOf("{\"path\":\"a.B\"}");

    assertThat(
            api.raw(
                "POST /api/v1/jobs/"
                    + id
                    + "/cancel HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403");

    assertThat(api.get("/api/v1/jobs/" + id).text("/status")).isEqualTo("queued");
  }

  @Test
  void thePagesOfThisServiceMayChangeThings() {
    api.enqueue(
            "{\"path\":\"a.B\"}",
            "Origin",
            "http://127.0.0.1:" + api.port(),
            "Sec-Fetch-Site",
            "same-origin",
            "Cookie",
            "XSRF-TOKEN=t",
            "X-XSRF-TOKEN",
            "t")
        .is(201);
  }

  @Test
  void noOtherOriginMayReadAnswers() {
    assertThat(
            api.get("/api/v1/jobs", "Origin", "https://evil.example")
                .is(200)
                .header("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  private String get(String host) {
    return api.raw("GET /api/v1/jobs HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }
}
