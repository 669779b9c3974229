package io.mrq.service.worker.tasks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the built-in task {@code mrq.tasks.Http}.
 *
 * @param allowPrivateAddresses Whether jobs may call private, loopback, link-local and other
 *     addresses that are not public. Leave it off unless everybody who can enqueue may also reach
 *     the worker's own network.
 * @param maxResponseSize The largest response body that becomes a result, measured after
 *     decompression and, for a text, in UTF-8: 1 B to 10 MB. A larger one fails the job.
 * @param maxConnections The most connections that one worker process has open at the same time, to
 *     one service or to all services together. At least {@code mrq.worker.slots}, or jobs wait for
 *     each other.
 * @param connectTimeout How long one address of a service is tried before the next one.
 * @param maxRetryAfter The longest wait that a service's {@code Retry-After} may ask for, 1 s to
 *     365 d; a longer one is cut to this.
 */
@ConfigurationProperties("mrq.tasks.http")
record HttpTaskProperties(
    @DefaultValue("false") boolean allowPrivateAddresses,
    @DefaultValue("1MB") DataSize maxResponseSize,
    @DefaultValue("200") int maxConnections,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("24h") Duration maxRetryAfter) {
  /** Keeps the result of one job below what a document can hold, also as Base64. */
  private static final DataSize LARGEST_RESPONSE = DataSize.ofMegabytes(10);

  private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(365);

  HttpTaskProperties {
    if (maxResponseSize.toBytes() < 1 || maxResponseSize.compareTo(LARGEST_RESPONSE) > 0) {
      throw new IllegalArgumentException(
          "mrq.tasks.http.max-response-size must be from 1B to 10MB, but is " + maxResponseSize);
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "mrq.tasks.http.max-connections must be at least 1, but is " + maxConnections);
    }
    if (connectTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "mrq.tasks.http.connect-timeout must be at least 1ms, but is " + connectTimeout);
    }
    if (maxRetryAfter.compareTo(RetryAfter.SHORTEST) < 0
        || maxRetryAfter.compareTo(LONGEST_RETRY_AFTER) > 0) {
      throw new IllegalArgumentException(
          "mrq.tasks.http.max-retry-after must be from 1s to 365d, but is " + maxRetryAfter);
    }
  }
}
