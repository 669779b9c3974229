package io.mrq.api.access;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps web pages of strangers away. A page of any site can make the browser here send requests to
 * a loopback port: under the site's own name once its DNS answers with 127.0.0.1, or as a form or
 * script of a stranger. Programs such as curl send none of the headers that are judged, but a
 * {@code Host}.
 *
 * <p>Names are judged only while the API trusts whoever sits at the machine: with credentials a
 * browser keeps those of one name from every other. With {@code mrq.api.allow-insecure} a proxy in
 * front decides, and may rewrite every name; then only the browser's own word counts.
 */
final class CallerGuard extends OncePerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final boolean judgesHost;
  private final boolean judgesOrigin;

  /**
   * A guard.
   *
   * @param open whether no credentials are asked for
   * @param insecure {@code mrq.api.allow-insecure}
   */
  CallerGuard(boolean open, boolean insecure) {
    this.judgesHost = open && !insecure;
    this.judgesOrigin = !open || !insecure;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> complaint = complaint(request);
    if (complaint.isEmpty()) {
      chain.doFilter(request, response);
    } else {
      ProblemWriter.write(
          response,
          request.getRequestURI(),
          Problem.of(ProblemType.FOREIGN_CALLER, complaint.get()));
    }
  }

  private Optional<String> complaint(HttpServletRequest request) {
    String host = request.getHeader("Host");
    if (judgesHost && host != null && !Loopback.names(host)) {
      return Optional.of(
          "Without users or keys the API answers to names of this machine only, such as localhost, and not to '%s'; configure mrq.api.users, or behind a proxy that decides who may come set mrq.api.allow-insecure=true."
              .formatted(host));
    }
    boolean foreign = !READING.contains(request.getMethod()) && isForeign(request);
    return foreign
        ? Optional.of(
            "Web pages of another origin may not change anything here; behind a proxy set server.forward-headers-strategy=framework.")
        : Optional.empty();
  }

  /**
   * Browsers of today say themselves whether a page is of this origin, and are right whatever a
   * proxy makes of names; of older ones the origin is compared.
   */
  private boolean isForeign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITES.contains(site)) {
      return true;
    }
    String origin = request.getHeader("Origin");
    return site == null
        && judgesOrigin
        && origin != null
        && !origin.toLowerCase(Locale.ROOT).equals(own(request));
  }

  private static String own(HttpServletRequest request) {
    String scheme = request.getScheme();
    int port = request.getServerPort();
    boolean usual = port == (scheme.equals("https") ? 443 : 80);
    String origin = scheme + "://" + request.getServerName() + (usual ? "" : ":" + port);
    return origin.toLowerCase(Locale.ROOT);
  }
}
