package io.mrq.autoconfigure.stats;

import io.mrq.autoconfigure.lifecycle.BackgroundLifecycle;
import io.mrq.engine.stats.JobRateCounter;
import java.time.Duration;

/** Stores what was counted, also the last of it: after all that counts, before MongoDB's client. */
final class RatesLifecycle extends BackgroundLifecycle {
  /** Counts are not worth waiting for a MongoDB that is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JobRateCounter rates;

  RatesLifecycle(JobRateCounter rates) {
    super(BOOKS);
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
      if (!last.join(PATIENCE)) {
        last.interrupt();
        last.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
