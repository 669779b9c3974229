package io.mrq.service.worker.tasks;

import io.mrq.task.InvalidParamsException;
import io.mrq.task.JobContext;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP task, run as a worker runs it: params bound by Jackson, validated, context bound. */
final class HttpTaskKit implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  static final int MAX_RESPONSE = 10_000;
  static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  final RunningJob job = new RunningJob();
  private final HttpTask task;

  private HttpTaskKit(AddressGuard addresses) {
    HttpTaskProperties properties =
        new HttpTaskProperties(
            false, DataSize.ofBytes(MAX_RESPONSE), 10, Duration.ofSeconds(10), MAX_RETRY_AFTER);
    task =
        new HttpTask(
            new HttpExchange(properties, addresses),
            InstantSource.fixed(NOW),
            () -> Map.of("traceparent", TRACEPARENT),
            MAX_RETRY_AFTER);
  }

  /** May call everything. */
  static HttpTaskKit open() {
    return new HttpTaskKit(AddressGuard.open());
  }

  /** May call only public addresses, as it is by default. */
  static HttpTaskKit publicOnly() {
    return new HttpTaskKit(AddressGuard.publicOnly());
  }

  /** May call what the guard lets pass. */
  static HttpTaskKit guarded(AddressGuard.Lookup lookup, Predicate<InetAddress> allowed) {
    return new HttpTaskKit(new AddressGuard(lookup, allowed));
  }

  /** Runs a job with these params, given as name, value, name, value … */
  HttpResult run(Object... namesAndValues) throws Exception {
    Map<String, @Nullable Object> params = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    HttpParams bound = JSON.convertValue(params, HttpParams.class);
    Set<ConstraintViolation<HttpParams>> violations = VALIDATOR.validate(bound);
    if (!violations.isEmpty()) {
      throw new InvalidParamsException(violations.toString());
    }
    return ScopedValue.where(JobContext.CURRENT, job).call(() -> task.run(bound));
  }

  /** The result as a worker stores it. */
  static Map<?, ?> stored(HttpResult result) {
    return JSON.convertValue(result, Map.class);
  }

  @Override
  public void close() throws IOException {
    task.close();
  }
}
