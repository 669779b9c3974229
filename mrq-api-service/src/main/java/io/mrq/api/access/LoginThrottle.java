package io.mrq.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Slows down guesses of passwords, counted for each pair of address and user name: after {@link
 * #WRONG_WITHOUT_WAIT} wrong passwords in a row no password is checked for one second, then for
 * two, up to half a minute. The same name from another address does not wait, so nobody can lock a
 * user out. The count is forgotten after ten minutes, or when the right password comes.
 */
final class LoginThrottle {
  /** How many wrong passwords cost no wait. */
  static final int WRONG_WITHOUT_WAIT = 5;

  static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private static final Duration FORGET_AFTER = Duration.ofMinutes(10);
  private static final int MAX_GUESSERS = 10_000;

  private final InstantSource clock;
  private final Cache<Guesser, Guesses> guessers;

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
    this.guessers =
        Caffeine.newBuilder()
            .maximumSize(MAX_GUESSERS)
            .expireAfterWrite(FORGET_AFTER)
            .ticker(() -> clock.millis() * 1_000_000)
            .build();
  }

  /**
   * Where guesses come from.
   *
   * @param address the address of the client
   * @param name the user name that was sent
   */
  record Guesser(String address, String name) {}

  private record Guesses(int wrong, Instant until) {}

  /** How long the next attempt has to wait; zero: not at all. */
  Duration wait(Guesser guesser) {
    Guesses guesses = guessers.getIfPresent(guesser);
    Instant now = clock.instant();
    return guesses == null || !now.isBefore(guesses.until)
        ? Duration.ZERO
        : Duration.between(now, guesses.until);
  }

  void wrong(Guesser guesser) {
    guessers
        .asMap()
        .merge(guesser, new Guesses(1, clock.instant()), (old, _) -> next(old.wrong + 1));
  }

  void right(Guesser guesser) {
    guessers.invalidate(guesser);
  }

  private Guesses next(int wrong) {
    long seconds = wrong < WRONG_WITHOUT_WAIT ? 0 : 1L << Math.min(wrong - WRONG_WITHOUT_WAIT, 10);
    return new Guesses(wrong, clock.instant().plusSeconds(Math.min(seconds, MAX_WAIT.toSeconds())));
  }
}
