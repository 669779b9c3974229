package io.mrq.autoconfigure.maintenance;

import io.mrq.autoconfigure.lifecycle.BackgroundLifecycle;
import io.mrq.engine.maintenance.Maintenance;

/** Runs the maintenance as long as the application runs. */
final class MaintenanceLifecycle extends BackgroundLifecycle {
  private final Maintenance maintenance;

  MaintenanceLifecycle(Maintenance maintenance) {
    super(WORK);
    this.maintenance = maintenance;
  }

  @Override
  protected void begin() {
    maintenance.start();
  }

  @Override
  protected void end() {
    maintenance.stop();
  }
}
