package io.mrq.store;

import org.jspecify.annotations.Nullable;

/**
 * A document can never be stored as it is: too large, or a value that the store has no type for, or
 * a change that its fields do not allow.
 */
public class NotStorableException extends StoreRefusedException {
  private static final long serialVersionUID = 1L;

  public NotStorableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
