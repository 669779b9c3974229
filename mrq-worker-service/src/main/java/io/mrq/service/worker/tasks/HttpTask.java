package io.mrq.service.worker.tasks;

import io.mrq.job.Job;
import io.mrq.service.worker.tasks.HttpTaskException.UnexpectedStatus;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import io.mrq.task.RetryRequest;
import io.mrq.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code mrq.tasks.Http}: calls a service, so that jobs can be written in any language.
 *
 * <p>A job may be sent more than once. The service can recognise a repetition by the headers {@code
 * X-MRQ-Job-Id}, which is the same in every attempt, and {@code X-MRQ-Attempt}. When the worker
 * traces, the call carries the trace context of the attempt.
 *
 * <p>An expected status is a success. After 429, 503 or a call without a complete answer (no
 * connection, or not in time) the job is retried, after the service's {@code Retry-After} if there
 * is one, up to {@code mrq.tasks.http.max-retry-after}. Anything else fails the job at once. {@code
 * GET} and {@code HEAD} follow up to five redirects; the job's headers are not sent to other
 * origins.
 */
@MrqTask(value = "mrq.tasks.Http", retryMultiplier = 2)
final class HttpTask extends Task<HttpParams, HttpResult> implements AutoCloseable {
  private final HttpExchange exchange;
  private final InstantSource clock;
  private final OutgoingTrace trace;
  private final Duration longestRetryAfter;

  HttpTask(
      HttpExchange exchange, InstantSource clock, OutgoingTrace trace, Duration longestRetryAfter) {
    this.exchange = exchange;
    this.clock = clock;
    this.trace = trace;
    this.longestRetryAfter = longestRetryAfter;
  }

  @Override
  public HttpResult run(HttpParams params) throws InterruptedException {
    JobContext context =
        JobContext.current()
            .orElseThrow(() -> new IllegalStateException("mrq.tasks.Http runs inside a job only"));
    HttpCall call = HttpCall.of(params);
    HttpAnswer answer;
    try {
      answer = exchange.perform(call, workersHeaders(context.job(), call));
    } catch (NoAnswer e) {
      throw context.retry(new RetryRequest(String.valueOf(e.getMessage()), null, null, null, e));
    }
    if (call.expect().includes(answer.status())) {
      return answer.result();
    }
    throw unexpected(context, call, answer);
  }

  /** Asks for another attempt, which throws, or returns the failure to throw. */
  private UnexpectedStatus unexpected(JobContext context, HttpCall call, HttpAnswer answer) {
    UnexpectedStatus unexpected = new UnexpectedStatus(call, answer);
    if (answer.status() == 429 || answer.status() == 503) {
      @Nullable Duration wait =
          RetryAfter.parse(
              answer.header(HttpHeaders.RETRY_AFTER), clock.instant(), longestRetryAfter);
      throw context.retry(
          new RetryRequest(String.valueOf(unexpected.getMessage()), wait, null, null, unexpected));
    }
    return unexpected;
  }

  private List<Header> workersHeaders(Job job, HttpCall call) {
    List<Header> headers = new ArrayList<>();
    headers.add(new BasicHeader("X-MRQ-Job-Id", job.id().hex()));
    headers.add(new BasicHeader("X-MRQ-Attempt", Integer.toString(job.attempt())));
    // Headers that the job defines take precedence.
    trace
        .headers()
        .forEach((name, value) -> {
          if (call.headers().stream().noneMatch(own -> own.getName().equalsIgnoreCase(name))) {
            headers.add(new BasicHeader(name, value));
          }
        });
    return headers;
  }

  @Override
  public void close() throws IOException {
    exchange.close();
  }
}
