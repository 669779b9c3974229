package io.mrq.api.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** No password is looked at for a while, after too many wrong ones. */
class TooManyGuessesException extends AuthenticationException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  TooManyGuessesException(Duration wait) {
    super("Too many wrong passwords");
    this.wait = wait;
  }

  /** Whole seconds until the next try, at least one. */
  long seconds() {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
