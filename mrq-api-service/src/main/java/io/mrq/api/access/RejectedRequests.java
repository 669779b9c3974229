package io.mrq.api.access;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Answers requests that Spring Security's firewall rejects, such as an encoded slash in the path.
 * Names that may contain a slash are sent in bodies and query parameters.
 */
final class RejectedRequests implements RequestRejectedHandler {
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason)
      throws IOException {
    ProblemWriter.write(
        response,
        request.getRequestURI(),
        Problem.of(
            ProblemType.BAD_REQUEST,
            "The address or a header contains characters that are not allowed; /v3/api-docs describes all requests."));
  }
}
