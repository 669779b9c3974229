package io.mrq.api.problem;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** Problems that are told by an HTTP status alone: those of the framework and of the server. */
final class HttpProblems {
  private static final Map<Integer, Problem> KNOWN =
      Map.of(
          404,
          Problem.of(
              ProblemType.ROUTE_NOT_FOUND,
              "There is nothing at this address; /v3/api-docs lists all routes."),
          405,
          Problem.of(
              ProblemType.METHOD_NOT_ALLOWED,
              "This route does not answer to this method; the header Allow lists those that it does."),
          406,
          Problem.of(
              ProblemType.NOT_ACCEPTABLE,
              "This route answers with application/json; let the header Accept allow it."),
          413,
          Problem.of(ProblemType.BODY_TOO_LARGE, "The body is too large."),
          415,
          Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "Send the body as JSON, with the header Content-Type: application/json."),
          503,
          Problem.of(
                  ProblemType.STORE_UNAVAILABLE, "The service is not ready; try again in a moment.")
              .header("Retry-After", "2"));

  private HttpProblems() {}

  /** The problem for this status. */
  static Problem of(HttpStatusCode status) {
    Problem known = KNOWN.get(status.value());
    if (known != null) {
      return known;
    }
    if (status.is4xxClientError()) {
      HttpStatus named = HttpStatus.resolve(status.value());
      String reason = named == null ? "refused" : named.getReasonPhrase();
      return Problem.of(
              ProblemType.BAD_REQUEST,
              "The request cannot be understood (%d %s); /v3/api-docs describes all requests."
                  .formatted(status.value(), reason))
          .status(status.value());
    }
    return Problem.of(
        ProblemType.INTERNAL_ERROR,
        "The service failed to answer this request; its log says why. Trying again may help.");
  }
}
