package io.mrq.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;

/**
 * A part of a page that a test writes. When such a test fails, run it with {@code
 * -Dmrq.docs.write=true} and read what changed.
 */
public final class GeneratedText {
  private GeneratedText() {}

  /**
   * Asserts that the page holds the text between its markers.
   *
   * @param page from the repository's root
   * @param what stands in the markers: {@code <!-- what, written by … -->} and {@code <!-- end of
   *     what -->}
   */
  public static void check(String page, String what, String fresh) throws IOException {
    String text = Repository.text(page);
    int start = text.indexOf("<!-- " + what + ", written by ");
    int end = text.indexOf("<!-- end of " + what + " -->");
    assertThat(start).as("start of %s in %s", what, page).isNotNegative();
    assertThat(end).as("end of %s in %s", what, page).isGreaterThan(start);
    String expected =
        text.substring(0, text.indexOf('\n', start) + 1) + fresh + text.substring(end);
    if (Boolean.getBoolean("mrq.docs.write")) {
      Files.writeString(Repository.path(page), expected);
    }

    assertThat(Repository.text(page)).isEqualTo(expected);
  }
}
