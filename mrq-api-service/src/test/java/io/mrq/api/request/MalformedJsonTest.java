package io.mrq.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not what they should be: a 4xx that says where, and nothing stored. */
@ApiTest
class MalformedJsonTest {
  private final Api api;
  private final Stores stores;
  private long before;

  MalformedJsonTest(Api api, Stores stores) {
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
        "{ | line 1, column",
        "{\"path\" | line 1, column",
        "{\"path\":\"a.B\" | line 1, column",
        "{\"path\":\"a.B | line 1, column",
        "{'path':'a.B'} | line 1, column",
        "{path:\"a.B\"} | line 1, column",
        "{\"path\":\"a.B\",} | line 1, column 15",
        "{\"path\":a.B} | line 1, column",
        "{\"path\":\"a.B\",\"priority\":01} | line 1, column",
        "{\"path\":\"a.B\",\"priority\":+1} | line 1, column",
        "{\"path\":\"a.B\",\"priority\":1.} | line 1, column",
        "{\"path\":\"a.B\",\"params\":{\"n\":NaN}} | line 1, column",
        "{\"path\":\"a.B\",\"params\":{\"n\":Infinity}} | line 1, column",
        "{\"path\":\"a.B\"} // done | line 1, column",
        "/* a job */ {\"path\":\"a.B\"} | line 1, column",
        "{\"path\":\"a\\qB\"} | line 1, column",
        "{\"path\":\"\\u12\"} | line 1, column",
        "[{\"path\":\"a.B\"} | line 1, column",
        "[{\"path\":\"a.B\"},] | line 1, column",
        "nul | line 1, column",
        "path=a.B | line 1, column"
      })
  void whatIsNotJsonIsRefusedWithItsPlace(String body, String place) {
    Answer answer = api.enqueue(body).isProblem(400, "invalid-json").saying("is not JSON", place);

    assertThat(answer.body())
        .doesNotContain("Stream", "jackson", "Exception", "REDACTED", "Source");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\":\"a.B\"} x",
        "{\"path\":\"a.B\"}{\"path\":\"a.B\"}",
        "{\"path\":\"a.B\"}]",
        "[] []"
      })
  void whatGoesOnAfterItsEndIsRefused(String body) {
    api.enqueue(body).isProblem(400, "invalid-json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n"})
  void anEmptyBodyIsRefused(String body) {
    api.enqueue(body).isProblem(400, "invalid-json").saying("is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "\"a.B\"", "true", "1.5"})
  void aBodyThatIsNoJobIsRefused(String body) {
    api.enqueue(body).isProblem(400, "invalid-json").saying("object for one job, or an array");
  }

  @Test
  void aRawControlCharacterInATextIsRefused() {
    api.enqueue("{\"path\":\"a.B\",\"params\":{\"t\":\"a\nb\"}}").isProblem(400, "invalid-json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "["})
  void deepNestingIsRefusedAndHarmsNobody(String opening) {
    String nested = "{\"path\":\"a.B\",\"params\":{\"x\":" + opening.repeat(500_000);

    api.enqueue(nested).isProblem(400, "invalid-job").saying("nested deeper");
    api.enqueue(opening.repeat(500_000)).isProblem(400, "invalid-job").saying("nested deeper");
  }

  @Test
  void aNumberOfAMillionDigitsIsRefused() {
    api.enqueue("{\"path\":\"a.B\",\"priority\":%s}".formatted("1".repeat(1_000_000)))
        .isProblem(400, "invalid-json")
        .saying("too long");
  }

  @Test
  void aKeyOfAMillionCharactersIsRefused() {
    api.enqueue("{\"path\":\"a.B\",\"%s\":1}".formatted("k".repeat(1_000_000)))
        .isProblem(400, "invalid-json")
        .saying("too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
  void textThatIsNotUtf8IsRefused(String charset) {
    byte[] body = "{\"path\":\"a.B\",\"params\":{\"t\":\"é\"}}".getBytes(Charset.forName(charset));

    post(body).isProblem(400, "invalid-json");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    post(new byte[] {'{', '"', 'p', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'})
        .isProblem(400, "invalid-json");
    post(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0, 1, 2, 3, 4}).isProblem(400, "invalid-json");
    post(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0}).isProblem(400, "invalid-json");
  }

  /**
   * Surrogates written as three bytes each are no UTF-8, and MongoDB would store something else.
   */
  @Test
  void surrogatesInUtf8AreRefused() {
    byte[] body = "{\"path\":\"a.B\",\"params\":{\"t\":\"???\"}}".getBytes(StandardCharsets.UTF_8);
    int at = new String(body, StandardCharsets.UTF_8).indexOf('?');
    body[at] = (byte) 0xED;
    body[at + 1] = (byte) 0xA0;
    body[at + 2] = (byte) 0x80;

    post(body).isProblem(400, "invalid-json").saying("UTF-8");
  }

  @Test
  void otherUnicodeEncodingsAreRefused() {
    String job = "{\"path\":\"a.B\"}";

    post(job.getBytes(StandardCharsets.UTF_16)).isProblem(400, "invalid-json");
    post(job.getBytes(StandardCharsets.UTF_16LE)).isProblem(400, "invalid-json");
    post(job.getBytes(Charset.forName("UTF-32"))).isProblem(400, "invalid-json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/octet-stream"
      })
  void aBodyThatIsNotSentAsJsonIsRefused(String type) {
    api.send(
            "POST",
            "/api/v1/jobs",
            BodyPublishers.ofString("{\"path\":\"a.B\"}"),
            "Content-Type",
            type)
        .isProblem(415, "unsupported-media-type")
        .saying("Content-Type: application/json");
  }

  @Test
  void aBodyWithoutAContentTypeIsRefused() {
    api.send("POST", "/api/v1/jobs", BodyPublishers.ofString("{\"path\":\"a.B\"}"))
        .isProblem(415, "unsupported-media-type");
  }

  @Test
  void anUnknownQueryParameterIsRefused() {
    api.post("/api/v1/jobs?queue=x", "{\"path\":\"a.B\"}")
        .isProblem(400, "invalid-parameter")
        .naming("queue", "takes no query parameters");
  }

  private Answer post(byte[] body) {
    return api.send(
        "POST",
        "/api/v1/jobs",
        BodyPublishers.ofByteArray(body),
        "Content-Type",
        "application/json");
  }
}
