package io.mrq.api.audit;

import io.mrq.job.TimeHorizon;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code mrq.api.audit.*}.
 *
 * @param keep How long an entry of the audit log is kept.
 */
@ConfigurationProperties("mrq.api.audit")
record AuditProperties(@DefaultValue("400d") Duration keep) {
  AuditProperties {
    if (!keep.isPositive() || !keep.equals(TimeHorizon.within(keep))) {
      throw new IllegalArgumentException(
          "mrq.api.audit.keep must be more than zero and at most %d days, such as 400d, but is %s"
              .formatted(TimeHorizon.LONGEST.toDays(), keep));
    }
  }
}
