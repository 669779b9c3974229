package io.mrq.service.worker.tasks;

import io.mrq.job.FaultPlace;
import org.jspecify.annotations.Nullable;

/**
 * A call failed in a way that another attempt would not change. The job's {@code exceptiontype} is
 * the name of the type; failures at different services have different fingerprints.
 */
abstract sealed class HttpTaskException extends RuntimeException implements FaultPlace {
  private static final long serialVersionUID = 1L;

  private @Nullable String address;
  private String service = "no service";

  HttpTaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Adds the service that failed, which may be the target of a redirect. */
  HttpTaskException at(HttpUrl url) {
    address = url.shown();
    service = url.service();
    return this;
  }

  @Override
  public @Nullable String getMessage() {
    return address == null ? super.getMessage() : address + ": " + super.getMessage();
  }

  @Override
  public String faultPlace() {
    return service;
  }

  /** The service answered with a status that the job does not expect. */
  static final class UnexpectedStatus extends HttpTaskException {
    private static final long serialVersionUID = 1L;

    private final String place;

    UnexpectedStatus(HttpCall call, HttpAnswer answer) {
      super(
          "%s answered %d, but %s was expected: %s"
              .formatted(call.shown(), answer.status(), call.expect(), answer.body().text()),
          null);
      this.place = answer.status() + " from " + answer.url().service();
    }

    @Override
    public String faultPlace() {
      return place;
    }
  }

  /** The host has an address that jobs must not call. */
  static final class AddressRefused extends HttpTaskException {
    private static final long serialVersionUID = 1L;

    AddressRefused(String message) {
      super(message, null);
    }
  }

  /** The body is larger than a result may be. */
  static final class ResponseTooLarge extends HttpTaskException {
    private static final long serialVersionUID = 1L;

    ResponseTooLarge(String message) {
      super(message, null);
    }
  }

  /** A redirect that cannot be followed. */
  static final class RedirectRefused extends HttpTaskException {
    private static final long serialVersionUID = 1L;

    RedirectRefused(String message) {
      super(message, null);
    }
  }

  /** The service cannot be trusted, or does not speak HTTP. */
  static final class BadService extends HttpTaskException {
    private static final long serialVersionUID = 1L;

    BadService(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
