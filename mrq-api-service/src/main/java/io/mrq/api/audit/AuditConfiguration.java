package io.mrq.api.audit;

import io.mrq.audit.AuditEvents;
import io.mrq.audit.AuditLog;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The audit trail that every change through the API leaves. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {
  @Bean
  AuditTrail mrqAuditTrail(
      AuditLog log,
      AuditProperties properties,
      ObjectProvider<AuditEvents> events,
      @Qualifier("mrqClock") InstantSource clock) {
    return new AuditTrail(
        log, AuditEvents.all(events.orderedStream().toList()), properties.keep(), clock);
  }
}
