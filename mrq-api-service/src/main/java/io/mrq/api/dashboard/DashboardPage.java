package io.mrq.api.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/**
 * The page as it is stored, with two places that each answer fills.
 *
 * @param text with {@code {{base}}} and {@code {{nonce}}}
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
   * The page for one answer.
   *
   * @param base the path below which the service is reached, empty or beginning with a slash; a
   *     proxy may have sent it, so it is escaped
   */
  String with(String base, Nonce nonce) {
    return text.replace("{{base}}", HtmlUtils.htmlEscape(base)).replace("{{nonce}}", nonce.text());
  }
}
