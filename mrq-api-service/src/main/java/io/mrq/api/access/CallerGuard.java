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
 * Refuses requests from web pages of other sites. Any page can make a browser on this machine send
 * requests to a loopback port: with a form or a script, or under the site's own host name once its
 * DNS answers with 127.0.0.1 (DNS rebinding). Programs such as curl send none of the headers that
 * are checked, except {@code Host}.
 *
 * <p>The host name is checked only while the API has no credentials and trusts everyone on this
 * machine; otherwise the browser itself keeps the credentials of one host name from another. With
 * {@code mrq.api.allow-insecure} a proxy in front decides and may rewrite host names, so that only
 * the header {@code Sec-Fetch-Site} counts.
 */
final class CallerGuard extends OncePerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final boolean checksHost;
  private final boolean checksOrigin;

  /**
   * @param open whether the API has neither users nor keys
   * @param insecure {@code mrq.api.allow-insecure}
   */
  CallerGuard(boolean open, boolean insecure) {
    this.checksHost = open && !insecure;
    this.checksOrigin = !open || !insecure;
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
    if (checksHost && host != null && !Loopback.names(host)) {
      return Optional.of(
          "Without users or keys the API answers only to host names of this machine, such as localhost, and not to '%s'. Configure mrq.api.users; or, behind a proxy that decides who may use the API, set mrq.api.allow-insecure=true."
              .formatted(host));
    }
    boolean foreign = !READING.contains(request.getMethod()) && isForeign(request);
    return foreign
        ? Optional.of(
            "A web page of another origin may not change anything here. If a proxy is in front, set server.forward-headers-strategy=framework.")
        : Optional.empty();
  }

  /**
   * Current browsers say in {@code Sec-Fetch-Site} whether a page has the same origin, which is
   * right even when a proxy rewrites host names. For older browsers the origin is compared.
   */
  private boolean isForeign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITES.contains(site)) {
      return true;
    }
    String origin = request.getHeader("Origin");
    return site == null
        && checksOrigin
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
