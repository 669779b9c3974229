package io.mrq.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Changes from a browser must repeat a cookie in a header, which only a page of this very origin
 * can read (BUG-17).
 *
 * <p>What makes a request forgeable is that a browser adds something by itself: the password it
 * remembers, or the mere position on this machine. Programs add nothing by themselves, and are
 * known by sending none of the headers that every browser of today adds to a POST. A request with
 * an API key is exempt too: no browser adds one.
 */
final class CsrfDefence extends CsrfTokenRequestAttributeHandler {
  /** Where pages learn who is looking at them, and get the cookie when they lost it. */
  static final String SESSION = "/api/v1/session";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** The token, in a cookie that pages can read and other sites never send. */
  static CsrfTokenRepository cookie() {
    CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    cookie.setCookieCustomizer(CsrfDefence::sameSite);
    return cookie;
  }

  /** Which requests need the token. */
  static RequestMatcher forgeable() {
    return request ->
        !READING.contains(request.getMethod())
            && ApiKeyHeader.of(request).isEmpty()
            && (request.getHeader(HttpHeaders.COOKIE) != null
                || request.getHeader(HttpHeaders.ORIGIN) != null
                || request.getHeader("Sec-Fetch-Site") != null);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
    super.handle(request, response, token);
    if (opensPage(request)) {
      // Asking for the token sets the cookie; programs are spared it.
      token.get().getToken();
    }
  }

  /** Only the header counts: to look for a form's field would read the body. */
  @Override
  public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
    return request.getHeader(token.getHeaderName());
  }

  private static boolean opensPage(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getMethod().equals("GET")
        && ((accept != null && accept.contains("text/html"))
            || request.getRequestURI().equals(request.getContextPath() + SESSION));
  }

  private static void sameSite(ResponseCookie.ResponseCookieBuilder cookie) {
    cookie.sameSite("Strict");
  }
}
