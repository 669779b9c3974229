package io.mrq.store;

import org.jspecify.annotations.Nullable;

/**
 * The store refused a document or a question because of its content. It would refuse the same call
 * again.
 */
public class StoreRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
