package io.mrq.api.overview;

import java.util.Optional;

/** Redis does not answer this process. */
final class RedisAway implements Check {
  @Override
  public Optional<Trouble> in(Situation situation) {
    return situation.redis()
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                "redis-away",
                Trouble.Severity.WARNING,
                "Redis does not answer",
                "Nothing is lost: workers ask MongoDB instead, so jobs start up to some seconds later. Bring Redis back; what it held is restored.",
                null,
                null));
  }
}
