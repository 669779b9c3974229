package io.mrq.api.audit;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.audit.AuditTrail;
import io.mrq.audit.AuditedAction;
import io.mrq.job.InvalidJobException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The way through which every route that changes something does it: noted first, then done, then
 * its outcome noted. What could not be noted is not done (503).
 */
@Component
public final class Audit {
  /** Who did it where nobody had to say. */
  public static final String ANONYMOUS = "anonymous";

  private final AuditTrail trail;

  Audit(AuditTrail trail) {
    this.trail = trail;
  }

  /**
   * Does something, and keeps who did it and what became of it. A problem of the caller's making
   * (4xx) is noted as refused, anything else that is thrown as failed.
   *
   * @param act what is about to be done; wishes that cannot be understood are refused before this
   * @return what {@code work} returns
   */
  public <T> T act(HttpServletRequest request, AuditedAction act, Supplier<T> work) {
    AuditTrail.Open open = trail.begin(who(request), act);
    T answer;
    try {
      answer = work.get();
    } catch (ProblemException e) {
      conclude(open, e.problem());
      throw e;
    } catch (InvalidJobException e) {
      open.refused(String.valueOf(e.getMessage()));
      throw e;
    } catch (RuntimeException | Error e) {
      open.failed(e.toString());
      throw e;
    }
    open.done();
    return answer;
  }

  /** Notes that somebody was refused before anything was tried, such as for lack of a role. */
  public void refused(HttpServletRequest request, AuditedAction act, String why) {
    trail.begin(who(request), act).refused(why);
  }

  /** Who sends the request. */
  public static String who(HttpServletRequest request) {
    Principal caller = request.getUserPrincipal();
    return caller == null || caller.getName() == null ? ANONYMOUS : caller.getName();
  }

  private static void conclude(AuditTrail.Open open, Problem problem) {
    if (problem.status() < 500) {
      open.refused(problem.detail());
    } else {
      open.failed(problem.detail());
    }
  }
}
