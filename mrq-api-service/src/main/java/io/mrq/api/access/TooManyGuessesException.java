package io.mrq.api.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** After too many wrong passwords, none is checked for a while. */
class TooManyGuessesException extends AuthenticationException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  TooManyGuessesException(Duration wait) {
    super("Too many wrong passwords");
    this.wait = wait;
  }

  /** Whole seconds until the next attempt is allowed, at least one. */
  long seconds() {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
