package io.mrq.autoconfigure.stats;

import io.mrq.autoconfigure.lifecycle.BackgroundLifecycle;
import io.mrq.engine.stats.JobRateCounter;
import java.time.Duration;

/**
 * Stores what was counted as long as the application runs. The last counts are stored after
 * everything that counts has stopped, and before the MongoDB client is closed.
 */
final class RatesLifecycle extends BackgroundLifecycle {
  /** Counts are not worth a longer wait when MongoDB is away. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final JobRateCounter rates;

  RatesLifecycle(JobRateCounter rates) {
    super(COUNTS);
    this.rates = rates;
  }

  @Override
  protected void begin() {
    rates.start();
  }

  @Override
  protected void end() {
    Thread last = Thread.ofPlatform().daemon().name("mrq-rates-end").start(rates::stop);
    try {
      if (!last.join(STOP_TIMEOUT)) {
        last.interrupt();
        last.join(STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
