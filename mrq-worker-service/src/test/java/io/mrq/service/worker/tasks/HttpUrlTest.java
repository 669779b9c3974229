package io.mrq.service.worker.tasks;

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
        .withMessage("must not contain a user and password; send the header Authorization instead");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpUrl.parse("http://exa mple.org/?token=secret"))
        .withMessageNotContaining("secret");
  }

  @Test
  void isShownWithoutItsQuery() {
    assertThat(HttpUrl.parse("http://h:81/a/b?token=secret#x").shown())
        .isEqualTo("http://h:81/a/b?…");
    assertThat(HttpUrl.parse("https://h").toString()).isEqualTo("https://h/");
  }

  @Test
  void escapesWhatIsNotAscii() {
    assertThat(HttpUrl.parse("http://h/ü?ö=1").target()).isEqualTo("/%C3%BC?%C3%B6=1");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "c | http://h/list/c",
        "./c | http://h/list/c",
        "../c | http://h/c",
        "../../../c | http://h/c",
        "%2e%2E/c | http://h/c",
        ". | http://h/list/",
        ".. | http://h/",
        "/z/./y/../x | http://h/z/x",
        "/z/.. | http://h/",
        "//o/n | http://o/n",
        "//o | http://o/",
        "?page=2 | http://h/list/a?page=2",
        "? | http://h/list/a?",
        "`` | http://h/list/a?q",
        "#f | http://h/list/a?q",
        "c?x#f | http://h/list/c?x",
        "HTTPS://O:8443/n | https://O:8443/n",
        "a:b/c:d@e | -",
        "/a:b@c | http://h/a:b@c",
        "./1:2 | http://h/list/1:2",
        "1:2 | http://h/list/1:2",
        "` /x ` | http://h/x",
        "/with space | http://h/with%20space",
        "/%,%z,%41 | http://h/%,%z,%41",
        "\\z\\y?\\ | http://h/z/y?%5C",
        "/a\tb | http://h/ab",
        "/a\u0001\u007f | http://h/a%01%7F",
        "/?a[]={1}&b='\"' | http://h/?a[]=%7B1%7D&b='%22'",
      })
  void resolvesAsBrowsersDo(String location, String there) {
    HttpUrl here = HttpUrl.parse("http://h/list/a?q");
    if (there == null) {
      assertThatIllegalArgumentException().isThrownBy(() -> here.resolve(location));
    } else {
      HttpUrl next = here.resolve(location);
      assertThat(next.scheme() + "://" + next.authority() + next.target()).isEqualTo(there);
    }
  }

  @Test
  void escapesWhatMayNotStandInAPath() {
    assertThat(HttpUrl.parse("http://h/\"<>^`{}[]|").target())
        .isEqualTo("/%22%3C%3E%5E%60%7B%7D%5B%5D%7C");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h, /",
    "http://h?x, /?x",
    "http://h/a/../b, /b",
    "http://h/a//b, /a//b",
    "http://h//x/y, //x/y",
    "http://h/a b?c d#e f, /a%20b?c%20d",
    "http:\\\\h\\a, /a",
  })
  void readsTheJobsOwnUrlByTheSameRules(String text, String target) {
    assertThat(HttpUrl.parse(text).target()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h%41/",
        "http://127。0。0。1/",
        "http://bücher.example/",
        "http://[fe80::1%25eth0]/",
        "http://a|b/",
        "http://h:8x/",
        "http://h/a\nb",
      })
  void refusesHostsThatAreReadDifferentlyByOthers(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HttpUrl.parse(text));
  }

  @Test
  void endsTheHostAtABackslash() {
    HttpUrl url = HttpUrl.parse("http://h\\@o/");

    assertThat(url.authority().getHostName()).isEqualTo("h");
    assertThat(url.target()).isEqualTo("/@o/");
  }
}
