package io.mrq.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * The dispatch index answered with an error: its memory is full, a permission is missing, or it
 * holds a value of another type under the name. Callers go on without it. Asking again gives the
 * same error until an operator removes the cause.
 */
public final class DispatchRefusedException extends DispatchUnavailableException {
  private static final long serialVersionUID = 1L;

  public DispatchRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
