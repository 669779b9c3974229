package io.mrq.api.access;

/** The API was configured to listen beyond loopback, without users or keys. */
class InsecureBindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InsecureBindException(String property, String address) {
    super(
        "Without users or keys the API is open to everyone who can reach it, so it must listen on a loopback address only, but %s is %s"
            .formatted(property, address));
  }
}
