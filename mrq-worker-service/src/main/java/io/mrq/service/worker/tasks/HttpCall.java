package io.mrq.service.worker.tasks;

import io.mrq.job.DurationText;
import io.mrq.task.InvalidParamsException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One validated call.
 *
 * @param method in upper case
 * @param url the address to call
 * @param headers the headers that the job defines
 * @param body with its content type; null: no body
 * @param expect the statuses that count as success
 * @param timeout for the whole exchange
 */
record HttpCall(
    String method,
    HttpUrl url,
    List<Header> headers,
    @Nullable HttpEntity body,
    ExpectedStatuses expect,
    Duration timeout) {
  /** Writes plain values only, so it is independent of the mappers of the application. */
  private static final JsonMapper JSON = new JsonMapper();

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);

  /**
   * Validates params.
   *
   * @throws InvalidParamsException with all errors
   */
  static HttpCall of(HttpParams params) {
    List<String> wrong = new ArrayList<>();
    if (params.others() != null && !params.others().isEmpty()) {
      wrong.add("unknown: " + String.join(", ", params.others().keySet()));
    }
    HttpUrl url = checked("url", () -> HttpUrl.parse(params.url()), wrong);
    List<Header> headers = checked("headers", () -> RequestHeaders.of(params.headers()), wrong);
    ExpectedStatuses expect = checked("expect", () -> ExpectedStatuses.of(params.expect()), wrong);
    Duration timeout = checked("timeout", () -> timeout(params.timeout()), wrong);
    if (url == null || headers == null || expect == null || timeout == null || !wrong.isEmpty()) {
      throw new InvalidParamsException(String.join("; ", wrong));
    }
    String method = params.method() == null ? "GET" : params.method().toUpperCase(Locale.ROOT);
    return new HttpCall(method, url, headers, body(params.body(), headers), expect, timeout);
  }

  /**
   * Whether a redirect with this status is followed: only for requests that read, and only when the
   * job does not expect exactly this status.
   */
  boolean follows(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 ->
          (method.equals("GET") || method.equals("HEAD"))
              && body == null
              && !expect.includes(status);
      default -> false;
    };
  }

  /** The call for messages, without secrets. */
  String shown() {
    return method + " " + url.shown();
  }

  private static <T> @Nullable T checked(String name, Supplier<T> value, List<String> wrong) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      wrong.add(name + " " + e.getMessage());
      return null;
    }
  }

  private static Duration timeout(@Nullable String text) {
    Duration timeout = text == null ? DEFAULT_TIMEOUT : DurationText.parse(text);
    if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException("must be from 1ms to 24h, but is '%s'".formatted(text));
    }
    return timeout;
  }

  private static @Nullable HttpEntity body(@Nullable Object body, List<Header> headers) {
    ContentType given = contentType(headers);
    return switch (body) {
      case null -> null;
      case String text -> {
        Charset charset = given == null ? null : given.getCharset();
        byte[] bytes = text.getBytes(charset == null ? StandardCharsets.UTF_8 : charset);
        yield new ByteArrayEntity(bytes, given == null ? text() : null);
      }
      default ->
          new ByteArrayEntity(
              JSON.writeValueAsBytes(body), given == null ? ContentType.APPLICATION_JSON : null);
    };
  }

  private static ContentType text() {
    return ContentType.TEXT_PLAIN.withCharset(StandardCharsets.UTF_8);
  }

  private static @Nullable ContentType contentType(List<Header> headers) {
    return headers.stream()
        .filter(header -> header.getName().equalsIgnoreCase(HttpHeaders.CONTENT_TYPE))
        .map(header -> ContentType.parseLenient(header.getValue()))
        .findFirst()
        .orElse(null);
  }
}
