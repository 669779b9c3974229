package io.mrq.api.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Bounds how many processors are busy with bcrypt at once, so that a flood of wrong passwords slows
 * down logins only. Who has waited too long is sent away.
 */
final class BcryptWork {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Semaphore permits =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  /**
   * Whether a password is that of a hash.
   *
   * @throws TooManyGuessesException when too many others are being compared
   */
  boolean matches(BCryptPasswordEncoder encoder, String password, String hash) {
    try {
      if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TooManyGuessesException(PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new TooManyGuessesException(PATIENCE);
    }
    try {
      return encoder.matches(password, hash);
    } finally {
      permits.release();
    }
  }
}
