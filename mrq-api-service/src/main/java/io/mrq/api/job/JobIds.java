package io.mrq.api.job;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.QueryParams;
import io.mrq.job.JobId;

/** Job ids in requests. */
public final class JobIds {
  private JobIds() {}

  /**
   * Reads an id.
   *
   * @param name the name of the parameter
   */
  public static JobId read(String name, String text) {
    try {
      return new JobId(text);
    } catch (IllegalArgumentException _) {
      throw QueryParams.refused(
          name, "must be a job id of 24 lower-case hex digits, but is '%s'".formatted(text));
    }
  }

  public static ProblemException unknown(JobId id) {
    return new ProblemException(
        Problem.of(
            ProblemType.JOB_NOT_FOUND,
            "There is no job %s: it never existed, or it has expired.".formatted(id)));
  }
}
