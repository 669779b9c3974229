package io.mrq.store;

import org.jspecify.annotations.Nullable;

/**
 * The store did not answer in time, or answered that it cannot serve now. Whether a write was
 * applied is unknown; every write of the ports may be sent again.
 */
public class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
