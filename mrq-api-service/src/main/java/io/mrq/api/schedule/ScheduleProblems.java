package io.mrq.api.schedule;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.QueryParams;
import io.mrq.schedule.InvalidScheduleException;
import io.mrq.schedule.ScheduleOwnedException;
import java.util.function.Supplier;

/** What can be wrong with a request about a schedule. */
final class ScheduleProblems {
  private ScheduleProblems() {}

  static ProblemException unknown(String name) {
    return new ProblemException(
        Problem.of(ProblemType.SCHEDULE_NOT_FOUND, "There is no schedule '%s'.".formatted(name)));
  }

  /** Calls something that may refuse a definition or an owner. */
  static <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (InvalidScheduleException e) {
      throw QueryParams.refused(e.field(), e.complaint());
    } catch (ScheduleOwnedException e) {
      throw new ProblemException(
          Problem.of(
              ProblemType.SCHEDULE_OWNED,
              e.getMessage() + ". Change it there; it can be paused, resumed and run from here."));
    }
  }
}
