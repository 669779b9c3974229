package io.mrq.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * The dispatch index answered, and refused: it is full, lacks a permission, or holds something of
 * another kind under the name. Callers go on as without it; asking again changes nothing until
 * somebody has looked.
 */
public final class DispatchRefusedException extends DispatchUnavailableException {
  private static final long serialVersionUID = 1L;

  public DispatchRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
