package io.mrq.api.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Limits how many processors compute bcrypt at the same time, so that a flood of wrong passwords
 * slows down logins and nothing else. A login that waits too long is refused.
 */
final class BcryptWork {
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private final Semaphore permits =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  /**
   * Whether a password matches a hash.
   *
   * @throws TooManyGuessesException when too many other passwords are being compared
   */
  boolean matches(BCryptPasswordEncoder encoder, String password, String hash) {
    try {
      if (!permits.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TooManyGuessesException(MAX_WAIT);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new TooManyGuessesException(MAX_WAIT);
    }
    try {
      return encoder.matches(password, hash);
    } finally {
      permits.release();
    }
  }
}
