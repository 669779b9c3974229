package io.mrq.store;

import org.jspecify.annotations.Nullable;

/**
 * A document can never be stored as it is: it is too large, a value has a type that the store does
 * not know, or the fields of the stored document do not allow a change.
 */
public class NotStorableException extends StoreRefusedException {
  private static final long serialVersionUID = 1L;

  public NotStorableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
