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
 * Answers what no well-behaved client sends, such as an encoded slash in the path: names that may
 * hold one go in bodies and queries.
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
            "The address or a header holds characters that are refused; /v3/api-docs describes all requests."));
  }
}
