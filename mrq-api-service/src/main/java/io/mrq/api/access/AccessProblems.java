package io.mrq.api.access;

import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.problem.ProblemWriter;
import io.mrq.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;

/**
 * Answers requests that are not authenticated or not authorized: with a problem, and with a
 * challenge that makes browsers ask for a password. An attempt to change something without the
 * required role is recorded in the audit log.
 */
final class AccessProblems
    implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {
  private static final Logger log = LoggerFactory.getLogger(AccessProblems.class);
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final String BASIC = "Basic realm=\"MRQ\", charset=\"UTF-8\"";
  private static final String BEARER = "Bearer realm=\"MRQ\", error=\"invalid_token\"";

  /** The same as for other requests while MongoDB does not answer. */
  private static final String RETRY_SECONDS = "2";

  private final Audit audit;

  AccessProblems(Audit audit) {
    this.audit = audit;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    boolean key = ApiKeyHeader.of(request).isPresent();
    Problem problem =
        switch (reason) {
          case AuthenticationServiceException _ ->
              Problem.of(
                      ProblemType.STORE_UNAVAILABLE,
                      "MongoDB does not answer, so the API key cannot be looked up; try again in %s seconds."
                          .formatted(RETRY_SECONDS))
                  .header("Retry-After", RETRY_SECONDS);
          case TooManyGuessesException guesses ->
              unauthenticated(
                      key,
                      "Too many wrong passwords for this name; try again in %d seconds."
                          .formatted(guesses.seconds()))
                  .header("Retry-After", String.valueOf(guesses.seconds()));
          case InsufficientAuthenticationException _ ->
              unauthenticated(
                  key,
                  "Credentials are required: send a user name and a password (HTTP Basic), or an API key in the header Authorization: Bearer or X-API-Key.");
          default ->
              unauthenticated(
                  key,
                  key
                      ? "The API key is unknown, revoked or expired."
                      : "The user name or the password is wrong.");
        };
    ProblemWriter.write(response, request.getRequestURI(), problem);
  }

  private static Problem unauthenticated(boolean key, String detail) {
    return Problem.of(ProblemType.UNAUTHENTICATED, detail)
        .header("WWW-Authenticate", key ? BEARER : BASIC);
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    commence(request, response, reason);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
      throws IOException {
    Problem problem = problem(reason);
    if (problem.type() == ProblemType.ROLE_TOO_SMALL && !READING.contains(request.getMethod())) {
      auditRefusal(request, problem.detail());
    }
    ProblemWriter.write(response, request.getRequestURI(), problem);
  }

  /** The request is refused even when the audit log cannot be written. */
  private void auditRefusal(HttpServletRequest request, String why) {
    String route =
        request.getMethod()
            + " "
            + request.getRequestURI().substring(request.getContextPath().length());
    try {
      audit.refused(request, AuditedAction.of("access.refused").on(route), why);
    } catch (StoreUnavailableException e) {
      log.warn(
          "The refusal of {} by {} could not be written to the audit log, because MongoDB does not answer. Reason of the refusal: {}",
          route,
          Audit.who(request),
          why);
    }
  }

  private static Problem problem(AccessDeniedException reason) {
    if (reason instanceof CsrfException) {
      return Problem.of(
          ProblemType.CSRF_TOKEN,
          "A request from a browser that changes something must repeat the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN; GET /api/v1/session sets the cookie.");
    }
    if (reason instanceof AuthorizationDeniedException denied
        && denied.getAuthorizationResult() instanceof RoleNeeded needed) {
      String role = needed.role().text();
      return Problem.of(ProblemType.ROLE_TOO_SMALL, "This requires the role %s.".formatted(role))
          .member("role", role);
    }
    return Problem.of(ProblemType.ROLE_TOO_SMALL, "This is not allowed.");
  }
}
