package io.mrq.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies of 16 MB and more. */
@ApiTest
class BodyLimitTest {
  private static final int LIMIT = 16 * 1024 * 1024;

  private final Api api;
  private final Stores stores;
  private long before;

  BodyLimitTest(Api api, Stores stores) {
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

  @Test
  void aBodyOf16MegabytesIsRead() {
    // Its params are too large for a job, which only somebody knows who has read it.
    post(jobOf(LIMIT)).isProblem(400, "invalid-job").naming("params", "1048576");
  }

  @Test
  void oneByteMoreIsRefused() {
    post(jobOf(LIMIT + 1)).isProblem(413, "body-too-large").saying("16 MB");
  }

  @Test
  void oneByteMoreIsRefusedWhenTheLengthIsNotTold() {
    chunked(jobOf(LIMIT + 1)).isProblem(413, "body-too-large").saying("16 MB");
  }

  @Test
  void aBodyOf16MegabytesIsReadWhenTheLengthIsNotTold() {
    chunked(jobOf(LIMIT)).isProblem(400, "invalid-job");
  }

  @Test
  void whiteSpaceCountsToo() {
    byte[] blanks = new byte[LIMIT + 1];
    Arrays.fill(blanks, (byte) ' ');

    chunked(blanks).isProblem(413, "body-too-large");
  }

  @Test
  void aTellTaleLengthIsAnsweredBeforeTheBodyComes() throws IOException {
    String answer =
        head(
            "POST /api/v1/jobs", "Content-Length: 1000000000000", "Content-Type: application/json");

    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void anEndlessBodyIsAnsweredLongBeforeItsEnd() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ascii(
              "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"));
      byte[] chunk = ascii("10000\r\n" + " ".repeat(0x10000) + "\r\n");
      int sent = 0;
      while (socket.getInputStream().available() == 0 && sent < 4 * LIMIT) {
        out.write(chunk);
        sent += 0x10000;
      }

      assertThat(firstLine(socket.getInputStream())).startsWith("HTTP/1.1 413");
      assertThat(sent).isLessThan(3 * LIMIT);
    }
  }

  @Test
  void theLimitHoldsForRoutesThatTakeNoBody() throws IOException {
    assertThat(
            head(
                "POST /api/v1/jobs/0123456789abcdef01234567/cancel", "Content-Length: 99999999999"))
        .startsWith("HTTP/1.1 413");
  }

  private String head(String request, String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              ascii(
                  request
                      + " HTTP/1.1\r\nHost: localhost\r\n"
                      + String.join("\r\n", headers)
                      + "\r\n\r\n"));
      return firstLine(socket.getInputStream());
    }
  }

  private Answer post(byte[] body) {
    return api.send(
        "POST",
        "/api/v1/jobs",
        BodyPublishers.ofByteArray(body),
        "Content-Type",
        "application/json");
  }

  private Answer chunked(byte[] body) {
    return api.send(
        "POST",
        "/api/v1/jobs",
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
        "Content-Type",
        "application/json");
  }

  private static byte[] jobOf(int size) {
    byte[] head = ascii("{\"path\":\"a.B\",\"params\":{\"t\":\"");
    byte[] tail = ascii("\"}}");
    byte[] body = new byte[size];
    Arrays.fill(body, (byte) 'x');
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(tail, 0, body, size - tail.length, tail.length);
    return body;
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    while ((next = in.read()) >= 0 && next != '\r') {
      line.append((char) next);
    }
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
