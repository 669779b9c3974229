package io.mrq.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;

/** Where a service puts its API key: {@code Authorization: Bearer …} or {@code X-API-Key: …}. */
final class ApiKeyHeader {
  private static final String BEARER = "bearer ";

  private ApiKeyHeader() {}

  /** The key in a request; empty when there is none. */
  static Optional<String> of(HttpServletRequest request) {
    String key = request.getHeader("X-API-Key");
    if (key != null) {
      return Optional.of(key.strip());
    }
    String authorization = request.getHeader("Authorization");
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? Optional.of(authorization.substring(BEARER.length()).strip())
        : Optional.empty();
  }
}
