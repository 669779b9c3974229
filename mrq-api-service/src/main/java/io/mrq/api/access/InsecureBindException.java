package io.mrq.api.access;

/**
 * The API was asked to listen where others than this machine reach it, and nobody said that this is
 * wanted.
 */
class InsecureBindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InsecureBindException(String address) {
    super(
        "The API has no access control yet and so listens on a loopback address only, but server.address is "
            + address);
  }
}
