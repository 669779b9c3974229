package io.mrq.api.access;

import io.mrq.api.ApiProperties;
import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps web pages away from an API that trusts whoever sits at the machine. A page of any site can
 * make the browser here send requests to a loopback port: under the site's own name once its DNS
 * answers with 127.0.0.1, or as a form or script of a stranger. Programs such as curl send none of
 * the headers that are judged, but a {@code Host} of this machine.
 *
 * <p>With {@code mrq.api.allow-insecure} it stands aside: then a proxy in front decides, and it may
 * rewrite every name.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class CallerGuard extends OncePerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final boolean active;

  CallerGuard(ApiProperties api) {
    this.active = !api.allowInsecure();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> complaint = active ? complaint(request) : Optional.empty();
    if (complaint.isEmpty()) {
      chain.doFilter(request, response);
    } else {
      ProblemWriter.write(
          response,
          request.getRequestURI(),
          Problem.of(ProblemType.FOREIGN_CALLER, complaint.get()));
    }
  }

  private static Optional<String> complaint(HttpServletRequest request) {
    String host = request.getHeader("Host");
    if (host != null && !Loopback.names(host)) {
      return Optional.of(
          "The API answers to names of this machine only, such as localhost, and not to '%s'; behind a proxy set mrq.api.allow-insecure=true."
              .formatted(host));
    }
    if (READING.contains(request.getMethod())) {
      return Optional.empty();
    }
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    boolean foreign =
        (origin != null && !origin.equalsIgnoreCase(request.getScheme() + "://" + host))
            || (site != null && !OWN_SITES.contains(site));
    return foreign
        ? Optional.of("Web pages of another origin may not change anything here.")
        : Optional.empty();
  }
}
