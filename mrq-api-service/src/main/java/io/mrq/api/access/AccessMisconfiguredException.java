package io.mrq.api.access;

/** A user or a key is configured wrongly. The message names the property, never its value. */
class AccessMisconfiguredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccessMisconfiguredException(String message) {
    super(message);
  }
}
