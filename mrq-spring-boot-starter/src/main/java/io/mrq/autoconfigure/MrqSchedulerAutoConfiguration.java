package io.mrq.autoconfigure;

import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.maintenance.MaintenanceDuty;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The maintenance duties of this process, those that the application adds included; off with {@code
 * mrq.scheduler.enabled=false}.
 */
@AutoConfiguration(after = MrqClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mrq.scheduler.enabled", matchIfMissing = true)
@Import(MaintenanceDuties.class)
public final class MrqSchedulerAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  Maintenance mrqMaintenance(ObjectProvider<MaintenanceDuty> duties) {
    return new Maintenance(duties.orderedStream().toList());
  }

  @Bean
  MaintenanceLifecycle mrqMaintenanceLifecycle(Maintenance maintenance) {
    return new MaintenanceLifecycle(maintenance);
  }
}
