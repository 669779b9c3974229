package io.mrq.api.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/**
 * The template of the page.
 *
 * @param text HTML with the placeholders {@code {{base}}} and {@code {{nonce}}}
 */
record DashboardPage(String text) {
  static DashboardPage load() {
    try {
      return new DashboardPage(
          new ClassPathResource("dashboard.html", DashboardPage.class)
              .getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the class path lacks dashboard.html", e);
    }
  }

  /**
   * Fills the template.
   *
   * @param base the path under which the service is reached, empty or beginning with a slash. It
   *     may come from a header of a proxy, so it is escaped
   */
  String with(String base, Nonce nonce) {
    return text.replace("{{base}}", HtmlUtils.htmlEscape(base)).replace("{{nonce}}", nonce.text());
  }
}
