package io.mrq.service.worker.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/** Validates the headers of a job. Messages never contain values, which are often secrets. */
final class RequestHeaders {
  /** A field name of RFC 9110. Neither names nor values can contain a line break. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,8192}");

  private static final Set<String> NOT_THE_JOBS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "upgrade",
          "expect",
          "te",
          "trailer",
          "x-mrq-job-id",
          "x-mrq-attempt");

  private RequestHeaders() {}

  /**
   * Validates all headers.
   *
   * @throws IllegalArgumentException naming the first invalid one
   */
  static List<Header> of(@Nullable Map<String, @Nullable String> given) {
    List<Header> headers = new ArrayList<>();
    if (given != null) {
      given.forEach((name, value) -> headers.add(header(name, value)));
    }
    return List.copyOf(headers);
  }

  private static Header header(String name, @Nullable String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "contain an invalid name: %s".formatted(name.replaceAll("[^\\x20-\\x7e]", "?")));
    }
    if (NOT_THE_JOBS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "must not contain '%s', which the worker sets itself".formatted(name));
    }
    if (value == null || !VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "contain a value of '%s' that is not up to 8192 visible ASCII characters on one line"
              .formatted(name));
    }
    return new BasicHeader(name, value.strip());
  }
}
