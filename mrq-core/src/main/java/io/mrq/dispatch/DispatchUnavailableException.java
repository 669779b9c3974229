package io.mrq.dispatch;

import org.jspecify.annotations.Nullable;

/** The dispatch index did not answer. No job is lost: all that it held can be rebuilt. */
public class DispatchUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DispatchUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
