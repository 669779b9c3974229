package io.mrq.api.request;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Routes that take no body: a wish in one would be overlooked, and the caller believe it heard. */
public final class NoBody {
  private NoBody() {}

  /**
   * Refuses a request with a body.
   *
   * @param instead what the route takes, to end the sentence that refuses
   */
  public static void require(HttpServletRequest request, String instead) throws IOException {
    if (request.getInputStream().read() >= 0) {
      throw new ProblemException(
          Problem.of(ProblemType.BAD_REQUEST, "This route takes no body; " + instead + "."));
    }
  }
}
