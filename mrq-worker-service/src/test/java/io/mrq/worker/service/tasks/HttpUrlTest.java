package io.mrq.worker.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org",
        "HTTPS://example.org:8443/a?b=c#d",
        "http://my_service:80/x",
        "http://[::1]:8080/",
        "http://2130706433/"
      })
  void acceptsEverythingThatNamesAHost(String text) {
    assertThat(HttpUrl.parse(text).authority().getHostName()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "/path",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:",
        "http://",
        "http:///path",
        "http:example.org",
        "http://:80/",
        "http://exa mple.org/",
        "http://h:x/",
        "http://h:99999/",
        "http://h:0/",
        "jar:http://h/",
        "http://a\r\nb/"
      })
  void refusesWhatIsNoHttpAddress(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HttpUrl.parse(text));
  }

  @Test
  void refusesCredentialsWithoutRepeatingThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpUrl.parse("http://user:secret@example.org/"))
        .withMessage("must hold no user and password; send the header Authorization instead");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpUrl.parse("http://exa mple.org/?token=secret"))
        .withMessageNotContaining("secret");
  }

  @Test
  void isShownWithoutItsQuery() {
    assertThat(HttpUrl.parse("http://h:81/a/b?token=secret#x").shown())
        .isEqualTo("http://h:81/a/b?…");
    assertThat(HttpUrl.parse("https://h").toString()).isEqualTo("https://h");
  }

  @Test
  void escapesWhatIsNotAscii() {
    assertThat(HttpUrl.parse("http://h/ü?ö=1").uri()).hasToString("http://h/%C3%BC?%C3%B6=1");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a, http://H:80/b, true",
    "https://h/, https://h:443/, true",
    "http://h/, https://h/, false",
    "http://h/, http://h:8080/, false",
    "http://h/, http://www.h/, false",
  })
  void knowsItsOrigin(String one, String other, boolean same) {
    assertThat(HttpUrl.parse(one).sameOrigin(HttpUrl.parse(other))).isEqualTo(same);
  }
}
