package io.mrq.api.request;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies larger than 16 MB, and bodies of lines larger than {@code
 * mrq.api.ndjson.max-size}: by their {@code Content-Length} before anything is read, or, when the
 * length is unknown (chunked), at the first byte beyond the limit. It runs after authentication.
 */
@Component
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 10)
class BodyLimitFilter extends OncePerRequestFilter {
  /** The largest body that is read as a whole, in bytes. */
  static final long MAX_BODY = 16L * 1024 * 1024;

  private static final Limit WHOLE =
      new Limit(
          MAX_BODY,
          Problem.of(
              ProblemType.BODY_TOO_LARGE,
              "A body may have at most %d bytes (16 MB); send fewer jobs in one request, or store large data elsewhere and send its address."
                  .formatted(MAX_BODY)));

  private final Limit lines;

  BodyLimitFilter(LineLimits lines) {
    this.lines = new Limit(lines.maxSize().toBytes(), lines.tooLarge());
  }

  /** How many bytes a body may have, and what a larger one is answered with. */
  private record Limit(long bytes, Problem problem) {}

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Limit limit = LineLimits.applyTo(request) ? lines : WHOLE;
    if (request.getContentLengthLong() > limit.bytes) {
      ProblemWriter.write(response, request.getRequestURI(), limit.problem);
    } else {
      chain.doFilter(new Limited(request, limit), response);
    }
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final Limit limit;
    private @Nullable Counted stream;

    Limited(HttpServletRequest request, Limit limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      Counted counted = stream;
      if (counted == null) {
        counted = new Counted(super.getInputStream(), limit);
        stream = counted;
      }
      return counted;
    }
  }

  private static final class Counted extends ServletInputStream {
    private final ServletInputStream body;
    private final Limit limit;
    private long read;

    Counted(ServletInputStream body, Limit limit) {
      this.body = body;
      this.limit = limit;
    }

    @Override
    public int available() throws IOException {
      return body.available();
    }

    @Override
    public int read() throws IOException {
      int next = body.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int got = body.read(into, offset, length);
      count(Math.max(got, 0));
      return got;
    }

    private void count(int more) {
      read += more;
      if (read > limit.bytes) {
        throw new ProblemException(limit.problem);
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
