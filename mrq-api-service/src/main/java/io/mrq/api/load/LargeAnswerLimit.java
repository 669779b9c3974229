package io.mrq.api.load;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Limits how many large answers are produced at the same time, so that they fit into the heap. An
 * answer counts from its query until its last byte is written. A request beyond the limit waits for
 * a moment and is then refused with {@code Retry-After}.
 */
public final class LargeAnswerLimit implements HandlerInterceptor {
  /** Room for four lists of whole jobs, or for 16 summaries, single jobs or logs. */
  private static final int MAX_UNITS = 16;

  /** A list of whole jobs has up to 8 MB as stored, and several times that while it is produced. */
  private static final int UNITS_OF_LIST = 4;

  private static final Duration MAX_WAIT = Duration.ofSeconds(1);
  private static final String RETRY_SECONDS = "2";
  private static final String UNITS_ATTRIBUTE = LargeAnswerLimit.class.getName();

  private final Semaphore free;
  private final Duration maxWait;

  public LargeAnswerLimit() {
    this(MAX_UNITS, MAX_WAIT);
  }

  LargeAnswerLimit(int units, Duration maxWait) {
    this.free = new Semaphore(units, true);
    this.maxWait = maxWait;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws InterruptedException {
    int units = units(request);
    if (units == 0) {
      // The semaphore is fair: even acquiring nothing would queue behind the requests that wait.
      return true;
    }
    if (!free.tryAcquire(units, maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.TOO_BUSY,
                  "The service is already producing as many large answers as fit into its memory; try again in %s seconds, or ask for less (view=summary for lists)."
                      .formatted(RETRY_SECONDS))
              .header("Retry-After", RETRY_SECONDS));
    }
    request.setAttribute(UNITS_ATTRIBUTE, units);
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception thrown) {
    if (request.getAttribute(UNITS_ATTRIBUTE) instanceof Integer units) {
      request.removeAttribute(UNITS_ATTRIBUTE);
      free.release(units);
    }
  }

  private static int units(HttpServletRequest request) {
    return switch (request.getMethod()) {
      case "GET", "HEAD" ->
          isList(request) && !isSummary(request.getQueryString()) ? UNITS_OF_LIST : 1;
      default -> 0;
    };
  }

  /** Decided by the matched route, because an address can be written in many ways. */
  private static boolean isList(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
        .endsWith("/jobs");
  }

  private static boolean isSummary(@Nullable String query) {
    return query != null
        && Arrays.stream(query.split("&")).anyMatch(LargeAnswerLimit::asksForSummary);
  }

  private static boolean asksForSummary(String pair) {
    try {
      return URLDecoder.decode(pair, StandardCharsets.UTF_8).equals("view=summary");
    } catch (IllegalArgumentException _) {
      // Not correctly encoded: the route refuses it.
      return false;
    }
  }
}
