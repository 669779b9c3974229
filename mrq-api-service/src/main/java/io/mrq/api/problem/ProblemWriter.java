package io.mrq.api.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems as answers, in the same way for controllers, filters and the web server. */
public final class ProblemWriter {
  /** The media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper JSON = new JsonMapper();

  private ProblemWriter() {}

  /**
   * Answers with a problem; does nothing when an answer has already been sent.
   *
   * @param instance the path of the request
   */
  public static void write(HttpServletResponse response, String instance, Problem problem)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = JSON.writeValueAsBytes(problem.toMap(instance));
    response.resetBuffer();
    response.setStatus(problem.status());
    problem.headers().forEach(response::setHeader);
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }
}
