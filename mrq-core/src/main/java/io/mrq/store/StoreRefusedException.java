package io.mrq.store;

import org.jspecify.annotations.Nullable;

/**
 * The store answered, and said no: a document or a question is not what it can work with. Asked
 * again as it is, the store would refuse again.
 */
public class StoreRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
