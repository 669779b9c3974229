package io.mrq.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Slows down whoever guesses the password of one name from one address: after {@link #FREE} wrong
 * ones in a row none is looked at for a second, then for two, up to half a minute. The same name
 * from elsewhere is not held up, so that nobody can lock another out; what was guessed is forgotten
 * after ten minutes, or once the right one came.
 */
final class LoginThrottle {
  /** Wrong passwords without any wait. */
  static final int FREE = 5;

  /** The longest wait. */
  static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final int MAX_GUESSERS = 10_000;

  private final InstantSource clock;
  private final Cache<Guesser, Guesses> guessers;

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
    this.guessers =
        Caffeine.newBuilder()
            .maximumSize(MAX_GUESSERS)
            .expireAfterWrite(FORGOTTEN)
            .ticker(() -> clock.millis() * 1_000_000)
            .build();
  }

  /**
   * Who tries.
   *
   * @param address from where
   * @param name as whom
   */
  record Guesser(String address, String name) {}

  private record Guesses(int wrong, Instant until) {}

  /** How long the next try has to wait; zero: not at all. */
  Duration wait(Guesser guesser) {
    Guesses guesses = guessers.getIfPresent(guesser);
    Instant now = clock.instant();
    return guesses == null || !now.isBefore(guesses.until)
        ? Duration.ZERO
        : Duration.between(now, guesses.until);
  }

  /** The password was wrong. */
  void wrong(Guesser guesser) {
    guessers
        .asMap()
        .merge(guesser, new Guesses(1, clock.instant()), (old, _) -> next(old.wrong + 1));
  }

  /** The password was right. */
  void right(Guesser guesser) {
    guessers.invalidate(guesser);
  }

  private Guesses next(int wrong) {
    long seconds = wrong < FREE ? 0 : 1L << Math.min(wrong - FREE, 10);
    return new Guesses(wrong, clock.instant().plusSeconds(Math.min(seconds, MAX_WAIT.toSeconds())));
  }
}
