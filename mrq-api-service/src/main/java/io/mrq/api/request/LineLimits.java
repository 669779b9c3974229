package io.mrq.api.request;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code mrq.api.ndjson.*}: limits of a body in which each line is a job.
 *
 * @param maxLines How many lines a body may have.
 * @param maxSize How large a body may be, before and after it is decompressed. It is never held in
 *     memory as a whole.
 */
@ConfigurationProperties("mrq.api.ndjson")
public record LineLimits(
    @DefaultValue("100000") int maxLines, @DefaultValue("256MB") DataSize maxSize) {
  public LineLimits {
    if (maxLines < 1) {
      throw new IllegalArgumentException(
          "mrq.api.ndjson.max-lines must be at least 1, but is " + maxLines);
    }
    if (maxSize.toBytes() < 1) {
      throw new IllegalArgumentException(
          "mrq.api.ndjson.max-size must be more than zero, such as 256MB, but is " + maxSize);
    }
  }

  /** Whether the body of a request consists of lines, as its {@code Content-Type} says. */
  static boolean applyTo(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_NDJSON_VALUE);
  }

  Problem tooLarge() {
    return Problem.of(
        ProblemType.BODY_TOO_LARGE,
        "A body of lines may have at most %d bytes; send the other lines in another request."
            .formatted(maxSize.toBytes()));
  }

  Problem tooManyLines() {
    return Problem.of(
        ProblemType.BODY_TOO_LARGE,
        "A body may have at most %d lines; send the other lines in another request."
            .formatted(maxLines));
  }
}
