package io.mrq.api.shared;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets only so many answers that may be large be made at once, each from the question to the store
 * until its last byte is written, so that the heap holds them. Who comes while all are under way
 * waits a moment, and is then told to come again.
 */
public final class LargeAnswers implements HandlerInterceptor {
  /** Four lists of whole jobs, or so many summaries, single jobs or logs. */
  private static final int UNITS = 16;

  /** A list has about 8 MB as its jobs are stored, and some times that while it is made. */
  private static final int LIST = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final String RETRY_SECONDS = "2";
  private static final String HELD = LargeAnswers.class.getName();

  private final Semaphore free;
  private final Duration patience;

  public LargeAnswers() {
    this(UNITS, PATIENCE);
  }

  LargeAnswers(int units, Duration patience) {
    this.free = new Semaphore(units, true);
    this.patience = patience;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws InterruptedException {
    int units = units(request);
    if (!free.tryAcquire(units, patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.TOO_BUSY,
                  "As many large answers as fit the memory are being made already; try again in %s seconds, or ask for less (view=summary for lists)."
                      .formatted(RETRY_SECONDS))
              .header("Retry-After", RETRY_SECONDS));
    }
    request.setAttribute(HELD, units);
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception thrown) {
    if (request.getAttribute(HELD) instanceof Integer units) {
      request.removeAttribute(HELD);
      free.release(units);
    }
  }

  private static int units(HttpServletRequest request) {
    String query = request.getQueryString();
    if (!request.getMethod().equals("GET")) {
      return 0;
    }
    boolean summary = query != null && query.contains("view=summary");
    return request.getRequestURI().endsWith("/jobs") && !summary ? LIST : 1;
  }
}
