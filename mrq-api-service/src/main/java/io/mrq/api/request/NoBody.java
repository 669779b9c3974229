package io.mrq.api.request;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Refuses a body where a route takes none, since whatever it asks for would be ignored. */
public final class NoBody {
  private NoBody() {}

  /**
   * Refuses a request with a body.
   *
   * @param instead the end of the sentence: what the route takes instead
   */
  public static void require(HttpServletRequest request, String instead) throws IOException {
    if (request.getInputStream().read() >= 0) {
      throw new ProblemException(
          Problem.of(ProblemType.BAD_REQUEST, "This route takes no body; " + instead + "."));
    }
  }
}
