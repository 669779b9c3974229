package io.mrq.api.overview;

import java.util.Optional;

/** Redis does not answer this service. */
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
                "No job is lost: workers poll MongoDB instead, so jobs start a few seconds later. Bring Redis back; its content is restored from MongoDB.",
                null,
                null));
  }
}
