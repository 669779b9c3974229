package io.mrq.autoconfigure;

import io.mrq.engine.maintenance.Maintenance;

/** Runs the maintenance duties as long as the application runs. */
final class MaintenanceLifecycle extends BackgroundLifecycle {
  private final Maintenance maintenance;

  MaintenanceLifecycle(Maintenance maintenance) {
    super(WORK);
    this.maintenance = maintenance;
  }

  @Override
  void begin() {
    maintenance.start();
  }

  @Override
  void end() {
    maintenance.stop();
  }
}
