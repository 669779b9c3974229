package io.mrq.api.access;

/**
 * The API was asked to listen where others than this machine reach it, and nobody said who may use
 * it.
 */
class InsecureBindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InsecureBindException(String property, String address) {
    super(
        "Without users or keys the API is open to whoever reaches it and so listens on a loopback address only, but %s is %s"
            .formatted(property, address));
  }
}
