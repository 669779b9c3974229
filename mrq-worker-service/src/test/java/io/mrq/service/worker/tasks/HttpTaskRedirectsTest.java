package io.mrq.service.worker.tasks;

import static io.mrq.service.worker.tasks.ScriptedService.answer;
import static io.mrq.service.worker.tasks.ScriptedService.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mrq.service.worker.tasks.HttpTaskException.AddressRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the {@code Location} of a real answer leads to, and that it leads nowhere forbidden. */
class HttpTaskRedirectsTest {
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
  @CsvSource(
      delimiter = ' ',
      value = {
        "?p=2 /d/e?p=2",
        "? /d/e?",
        "../c /c",
        "/a|b /a%7Cb",
        "/a?c[]=1 /a?c[]=1",
        "/%zz /%zz",
        "/café /caf%C3%A9",
        "?q=é /d/e?q=%C3%A9",
      })
  void isReadAsBrowsersReadIt(String location, String target) throws Exception {
    redirect(location, UTF_8);

    assertThat(task.run("url", service.url("/d/e")).body()).isEqualTo(target);
  }

  @Test
  void keepsBytesOfAnyCharset() throws Exception {
    redirect("/café", ISO_8859_1);

    assertThat(task.run("url", service.url("/d/e")).body()).isEqualTo("/caf%E9");
  }

  /** Whatever the service writes, the connection that it leads to is checked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/secret",
        "//127.0.0.1:%d/secret",
        "\\\\127.0.0.1:%d\\secret",
        "/\\127.0.0.1:%d/secret",
        "http:\\\\127.0.0.1:%d/secret",
        "\thttp://127.0.0\t.1:%d/secret",
        "http://2130706433:%d/secret",
        "http://localhost:%d\\@example.org/secret",
        "HTTP://LOCALHOST:%d/secret",
        "http://[::ffff:7f00:1]:%d/secret",
      })
  void leadsToNoPrivateAddressHoweverItIsWritten(String location) throws Exception {
    InetAddress outside = InetAddress.ofLiteral("127.0.0.2");
    try (TestService outer = new TestService("127.0.0.2");
        HttpTaskKit guarded = HttpTaskKit.guarded(InetAddress::getAllByName, outside::equals)) {
      String inner = location.formatted(service.port());
      outer.on("/", TestService.Answer.of(302, "").with("Location", inner));

      assertThatExceptionOfType(AddressRefused.class)
          .isThrownBy(() -> guarded.run("url", "http://127.0.0.2:" + outer.port() + "/"));
      assertThat(outer.requests).hasSize(1);
      assertThat(service.targets).as("requests that came through").isEmpty();
    }
  }

  private void redirect(String location, Charset charset) {
    String raw = new String(location.getBytes(charset), ISO_8859_1);
    service.on("/d/e", bytes(answer("302 Found", "", "Location: " + raw)));
  }
}
