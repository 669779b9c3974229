package io.mrq.store;

import org.jspecify.annotations.Nullable;

/**
 * The store did not answer, or not in time, or said that it cannot now. Whether the write was
 * applied is unknown: every write of the ports may be sent again.
 */
public class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
