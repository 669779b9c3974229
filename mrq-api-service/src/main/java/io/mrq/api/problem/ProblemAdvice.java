package io.mrq.api.problem;

import io.mrq.client.InvalidBatchException;
import io.mrq.job.InvalidJobException;
import io.mrq.key.KeyReusedException;
import io.mrq.query.QueryTooSlowException;
import io.mrq.store.NotStorableException;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Turns every exception into a problem. Stack traces and class names appear in the log only. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  /** Long enough for a fail-over to begin, short enough for a person who waits. */
  private static final String RETRY_SECONDS = "2";

  private final OutageLog outages = new OutageLog(InstantSource.system());

  @ExceptionHandler
  void answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ProblemWriter.write(response, request.getRequestURI(), problem(thrown, request, response));
  }

  private Problem problem(
      Exception thrown, HttpServletRequest request, HttpServletResponse response) {
    return switch (thrown) {
      case ProblemException refused -> {
        note(refused, request);
        yield refused.problem();
      }
      case InvalidJobException bad ->
          Problem.of(ProblemType.INVALID_JOB, null, bad.field(), bad.complaint());
      case InvalidBatchException bad ->
          Problem.of(
              ProblemType.INVALID_JOB, bad.index(), bad.reason().field(), bad.reason().complaint());
      case KeyReusedException reused ->
          Problem.of(
              ProblemType.IDEMPOTENCY_KEY_REUSED,
              "The idempotency key was already used with another body; use a new key, or send the same body again.");
      case NotStorableException bad -> {
        log.warn(
            "An enqueue was refused because MongoDB cannot store the job: {}", bad.getMessage());
        yield Problem.of(
            ProblemType.INVALID_JOB,
            "MongoDB cannot store this job; make its params smaller or simpler.");
      }
      case StoreRefusedException refused -> {
        log.error("{} {}: {}", request.getMethod(), request.getRequestURI(), refused.getMessage());
        yield Problem.of(
            ProblemType.INTERNAL_ERROR,
            "MongoDB refused the operation, and would refuse it again. The log of the API service has its message.");
      }
      case StoreUnavailableException away -> {
        outages.note(String.valueOf(away.getMessage()));
        yield Problem.of(
                ProblemType.STORE_UNAVAILABLE,
                "MongoDB does not answer, and the request may or may not have taken effect; try again in %s seconds. With an Idempotency-Key a job is not enqueued twice."
                    .formatted(RETRY_SECONDS))
            .header("Retry-After", RETRY_SECONDS);
      }
      case QueryTooSlowException slow -> {
        log.info("{} {}: {}", request.getMethod(), request.getRequestURI(), slow.getMessage());
        yield Problem.of(
            ProblemType.FILTER_TOO_WIDE,
            "The query would have to read too many jobs and was stopped; narrow the filter, for example by status, path or queue.");
      }
      case ErrorResponse known -> {
        known
            .getHeaders()
            .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
        yield HttpProblems.of(known.getStatusCode());
      }
      case IOException gone -> {
        // Controllers read and write only the request and the answer, so the connection was lost.
        log.debug(
            "{} {}: the caller disconnected", request.getMethod(), request.getRequestURI(), gone);
        yield HttpProblems.of(ProblemType.BAD_REQUEST.status());
      }
      default -> {
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
        yield HttpProblems.of(ProblemType.INTERNAL_ERROR.status());
      }
    };
  }

  /** What the operators should know of a problem for which the caller is not to blame. */
  private void note(ProblemException problem, HttpServletRequest request) {
    switch (problem.getCause()) {
      case StoreUnavailableException away -> outages.note(String.valueOf(away.getMessage()));
      case StoreRefusedException refused ->
          log.error(
              "{} {}: {}", request.getMethod(), request.getRequestURI(), refused.getMessage());
      case null, default -> {}
    }
  }
}
