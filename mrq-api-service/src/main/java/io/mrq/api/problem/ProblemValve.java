package io.mrq.api.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

/**
 * Answers requests that Tomcat itself refuses, such as an illegal request line, for which it would
 * write HTML.
 */
final class ProblemValve extends ErrorReportValve {
  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    String path = request.getRequestURI();
    try {
      ProblemWriter.write(
          response.getResponse(),
          path == null ? "/" : path,
          HttpProblems.of(HttpStatusCode.valueOf(status)));
    } catch (IOException e) {
      log.debug("The caller disconnected before its answer {}", status, e);
    }
  }
}
