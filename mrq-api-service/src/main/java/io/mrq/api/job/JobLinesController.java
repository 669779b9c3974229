package io.mrq.api.job;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.LineLimits;
import io.mrq.api.request.QueryParams;
import io.mrq.client.JobClient;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Enqueues the jobs of a body in which each line is one, good lines whatever the others say. */
@RestController
class JobLinesController {
  private final JobClient client;
  private final LineLimits limits;
  private final ParamsCheck checks;
  private final InstantSource clock;

  JobLinesController(
      JobClient client,
      LineLimits limits,
      ParamsCheck checks,
      @Qualifier("mrqClock") InstantSource clock) {
    this.client = client;
    this.limits = limits;
    this.checks = checks;
    this.clock = clock;
  }

  @PostMapping(
      path = "/api/v1/jobs",
      consumes = MediaType.APPLICATION_NDJSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, @Nullable Object> enqueue(HttpServletRequest request) throws IOException {
    QueryParams params = QueryParams.of(request, "ids");
    boolean dryRun = DryRun.of(request);
    LineReport report = new LineReport(params.flag("ids"), dryRun);
    boolean gzip = gzip(request);
    LineIds ids = LineIds.of(dryRun ? null : KeyHeader.of(request), client);
    LineFeed feed = new LineFeed();
    LineReader reader = new LineReader(request.getInputStream(), gzip, limits, ids, checks, feed);
    new JobLines(client, clock, report, feed).enqueueAll(reader);
    return report.toMap();
  }

  private static boolean gzip(HttpServletRequest request) {
    String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return switch (coding == null ? "identity" : coding.strip().toLowerCase(Locale.ROOT)) {
      case "identity" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw new ProblemException(
              Problem.of(
                  ProblemType.UNSUPPORTED_MEDIA_TYPE,
                  "The Content-Encoding '%s' is unknown here; send lines as they are, or with gzip."
                      .formatted(coding)));
    };
  }
}
