package io.mrq.api.problem;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** Problems for which only an HTTP status is known: those of Spring and of the web server. */
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
              "This route does not support this method; the header Allow lists the methods that it supports."),
          406,
          Problem.of(
              ProblemType.NOT_ACCEPTABLE,
              "This route answers with application/json; the header Accept must allow that."),
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
              "The request is not valid (%d %s); /v3/api-docs describes all requests."
                  .formatted(status.value(), reason))
          .status(status.value());
    }
    return Problem.of(
        ProblemType.INTERNAL_ERROR,
        "The service could not answer this request because of an internal error; its log has the details. Trying again may help.");
  }
}
