package io.mrq.autoconfigure;

import io.mrq.autoconfigure.maintenance.MaintenanceConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

/**
 * The maintenance of this process, including the duties that the application adds; {@code
 * mrq.scheduler.enabled=false} switches it off.
 */
@AutoConfiguration(after = MrqClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mrq.scheduler.enabled", matchIfMissing = true)
@Import(MaintenanceConfiguration.class)
public final class MrqSchedulerAutoConfiguration {}
