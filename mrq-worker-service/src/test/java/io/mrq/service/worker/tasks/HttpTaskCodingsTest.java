package io.mrq.service.worker.tasks;

import static io.mrq.service.worker.tasks.ScriptedService.HANG_UP;
import static io.mrq.service.worker.tasks.ScriptedService.answer;
import static io.mrq.service.worker.tasks.ScriptedService.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mrq.service.worker.tasks.HttpTaskException.UnexpectedStatus;
import io.mrq.task.RetrySignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What services write into {@code Content-Encoding}: the status decides, and no byte is lost. */
class HttpTaskCodingsTest {
  private ScriptedService service;
  private HttpTaskKit task;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedService();
    task = HttpTaskKit.open();
  }

  @AfterEach
  void stop() throws IOException {
    task.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-8",
        "none",
        "binary",
        "8bit",
        "aws-chunked",
        "application/json",
        "br",
        "zstd",
        "gzip, utf-8",
        "gzip",
        "deflate",
        "gzip,gzip,gzip,gzip,gzip,gzip"
      })
  void aCodingThatCannotBeUndoneLeavesTheBodyAsItCame(String coding) throws Exception {
    service.on("/", bytes(answer("200 OK", "done", "Content-Encoding: " + coding)));

    HttpResult result = task.run("method", "POST", "url", service.url("/"), "body", "x");

    assertThat(result.body()).isEqualTo("done");
    assertThat(result.headers()).containsEntry("content-encoding", coding);
    assertThat(service.targets).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "", "IDENTITY, identity"})
  void noCodingIsNoCoding(String coding) throws Exception {
    service.on("/", bytes(answer("200 OK", "done", "Content-Encoding: " + coding)));

    assertThat(task.run("url", service.url("/")).body()).isEqualTo("done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "bare deflate", "gzip, gzip"})
  void aCodingIsUndoneAndNoLongerNamed(String coding) throws Exception {
    byte[] coded =
        switch (coding) {
          case "deflate" -> deflated("Grüße".getBytes(UTF_8), false);
          case "bare deflate" -> deflated("Grüße".getBytes(UTF_8), true);
          case "gzip, gzip" -> gzipped(gzipped("Grüße".getBytes(UTF_8)));
          default -> gzipped("Grüße".getBytes(UTF_8));
        };
    String name = coding.replace("bare ", "");
    String body = new String(coded, ISO_8859_1);
    service.on("/", bytes(answer("200 OK", body, "Content-Encoding: " + name)));

    HttpResult result = task.run("url", service.url("/"));

    assertThat(result.body()).isEqualTo("Grüße");
    assertThat(result.headers()).doesNotContainKeys("content-encoding", "content-length");
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, Transfer-Encoding: chunked, '0\r\n\r\n'",
    "deflate, Transfer-Encoding: chunked, '0\r\n\r\n'",
    "gzip, Content-Length: 0, ''",
    "gzip, Connection: close, ''",
  })
  void anEmptyBodyIsEmptyWhateverItsCoding(String coding, String framing, String end)
      throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n%s\r\n\r\n%s";
    service.on("/", bytes(head.formatted(coding, framing, end)), HANG_UP);

    assertThat(task.run("method", "POST", "url", service.url("/"), "body", "x").body()).isEmpty();
    assertThat(service.targets).hasSize(1);
  }

  @Test
  void aCutGzipBodyIsKeptAsItCame() throws Exception {
    byte[] whole = gzipped("text".repeat(100).getBytes(UTF_8));
    String cut = new String(whole, 0, whole.length - 9, ISO_8859_1);
    service.on("/", bytes(answer("200 OK", cut, "Content-Encoding: gzip")));

    HttpResult result = task.run("url", service.url("/"));

    assertThat(result.encoding()).isEqualTo("base64");
    assertThat(result.headers()).containsEntry("content-encoding", "gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "gzip", "br"})
  void aBusyServiceIsHeardWhateverItsCoding(String coding) {
    String[] headers = {"Retry-After: 77", "Content-Encoding: " + coding};
    service.on("/text", bytes(answer("503 Busy", "busy", headers)));
    service.on(
        "/none",
        bytes(
            "HTTP/1.1 503 Busy\r\n"
                + String.join("\r\n", headers)
                + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));

    for (String path : new String[] {"/text", "/none"}) {
      assertThatExceptionOfType(RetrySignal.class)
          .isThrownBy(() -> task.run("url", service.url(path)));
      assertThat(task.job.retryAsked().delay()).isEqualTo(Duration.ofSeconds(77));
    }
  }

  @Test
  void anUnexpectedStatusIsShownWithWhatCanBeReadOfItsBody() throws Exception {
    String coded = new String(gzipped("no such order".getBytes(UTF_8)), ISO_8859_1);
    service.on("/coded", bytes(answer("404 No", coded, "Content-Encoding: gzip")));
    service.on("/plain", bytes(answer("404 No", "plain", "Content-Encoding: gzip")));
    service.on(
        "/broken",
        bytes("HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\nnonsense\r\n"));

    assertNotFound("/coded", "expected: no such order");
    assertNotFound("/plain", "expected: plain");
    assertNotFound("/broken", "expected: begun");
  }

  private void assertNotFound(String path, String message) {
    assertThatExceptionOfType(UnexpectedStatus.class)
        .isThrownBy(() -> task.run("url", service.url(path)))
        .withMessageEndingWith(message);
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(coded)) {
      zip.write(bytes);
    }
    return coded.toByteArray();
  }

  private static byte[] deflated(byte[] bytes, boolean bare) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream zip = new DeflaterOutputStream(coded, new Deflater(9, bare))) {
      zip.write(bytes);
    }
    return coded.toByteArray();
  }
}
