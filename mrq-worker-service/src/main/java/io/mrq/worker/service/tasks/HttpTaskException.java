package io.mrq.worker.service.tasks;

import org.jspecify.annotations.Nullable;

/**
 * Why a call can not become a result, and why another attempt would not help. The name of the type
 * is what the job's {@code exceptiontype} shows.
 */
abstract sealed class HttpTaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HttpTaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The service answered with a status that the job does not expect. */
  static final class UnexpectedStatus extends HttpTaskException {
    private static final long serialVersionUID = 1L;

    UnexpectedStatus(String message) {
      super(message, null);
    }
  }

  /** The name or literal leads to an address that jobs must not call. */
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
