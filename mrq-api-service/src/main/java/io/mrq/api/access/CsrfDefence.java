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
 * Protects against cross-site request forgery: a request from a browser that changes something must
 * repeat a cookie in a header, and only pages of the same origin can read the cookie.
 *
 * <p>A request can be forged when the browser adds something by itself: a remembered password, or
 * simply that it runs on this machine. Programs add nothing by themselves. They are recognised
 * because they send none of the headers that every current browser adds to a POST. A request with
 * an API key needs no token either, since no browser adds one by itself.
 */
final class CsrfDefence extends CsrfTokenRequestAttributeHandler {
  /** Tells a page who the caller is, and sets the cookie again when it is missing. */
  static final String SESSION = "/api/v1/session";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Keeps the token in a cookie that scripts of this site can read and other sites cannot send. */
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
      // Reading the token sets the cookie; answers to programs need none.
      token.get().getToken();
    }
  }

  /** Only the header counts: looking for a form field would read the body. */
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
