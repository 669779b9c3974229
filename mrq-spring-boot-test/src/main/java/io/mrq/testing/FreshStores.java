package io.mrq.testing;

import io.mrq.autoconfigure.schedule.ScheduleDeclarer;
import io.mrq.client.JobClient;

/** Lets each test method begin with the same clock and stores, whatever ran before it. */
final class FreshStores {
  private final StoresOfTest stores;
  private final ScheduleDeclarer schedules;
  private final JobClient client;
  private final TestClock clock;

  FreshStores(StoresOfTest stores, ScheduleDeclarer schedules, JobClient client, TestClock clock) {
    this.stores = stores;
    this.schedules = schedules;
    this.client = client;
    this.clock = clock;
  }

  void prepare() {
    // What the application does in the background when it starts must not come after the clearing.
    schedules.stop();
    client.flush();
    clock.reset();
    stores.clear();
    schedules.declare();
  }
}
