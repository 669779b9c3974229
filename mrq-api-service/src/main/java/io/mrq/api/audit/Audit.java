package io.mrq.api.audit;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.job.InvalidJobException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Carries out every change that the API makes: first an audit entry is stored, then the change is
 * made, then its outcome is stored. A change whose entry cannot be stored is not made (503).
 */
@Component
public final class Audit {
  /** The name of callers who need no credentials. */
  public static final String ANONYMOUS = "anonymous";

  private final AuditTrail trail;

  Audit(AuditTrail trail) {
    this.trail = trail;
  }

  /**
   * Makes a change and records who made it and with what outcome. An error of the caller (a problem
   * with a status 4xx) is recorded as refused, any other exception as failed.
   *
   * @param action the change, whose request has been read and understood before
   * @return what {@code work} returns
   */
  public <T> T change(HttpServletRequest request, AuditedAction action, Supplier<T> work) {
    AuditTrail.Open open = trail.begin(who(request), action);
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

  /** Records a request that was refused before anything was tried, such as for lack of a role. */
  public void refused(HttpServletRequest request, AuditedAction action, String why) {
    trail.begin(who(request), action).refused(why);
  }

  /** The name of the caller. */
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
