package io.mrq.autoconfigure.maintenance;

import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.maintenance.MaintenanceDuty;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Runs the maintenance duties: every bean of type {@link MaintenanceDuty}, each on a loop of its
 * own.
 */
@Configuration(proxyBeanMethods = false)
@Import(MaintenanceDuties.class)
public class MaintenanceConfiguration {
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
