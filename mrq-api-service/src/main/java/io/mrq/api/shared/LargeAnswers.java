package io.mrq.api.shared;

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
    if (units == 0) {
      // The semaphore is fair: even a request for nothing would wait behind those that wait.
      return true;
    }
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
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> isList(request) && !isSummary(request.getQueryString()) ? LIST : 1;
      default -> 0;
    };
  }

  /** By the route that was found: the address may be written in many ways. */
  private static boolean isList(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
        .endsWith("/jobs");
  }

  private static boolean isSummary(@Nullable String query) {
    return query != null && Arrays.stream(query.split("&")).anyMatch(LargeAnswers::asksForSummary);
  }

  private static boolean asksForSummary(String pair) {
    try {
      return URLDecoder.decode(pair, StandardCharsets.UTF_8).equals("view=summary");
    } catch (IllegalArgumentException _) {
      // Badly encoded: the route refuses it.
      return false;
    }
  }
}
