package io.mrq.autoconfigure;

import io.mrq.autoconfigure.maintenance.MaintenanceConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

/**
 * The maintenance duties of this process, those that the application adds included; off with {@code
 * mrq.scheduler.enabled=false}.
 */
@AutoConfiguration(after = MrqClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mrq.scheduler.enabled", matchIfMissing = true)
@Import(MaintenanceConfiguration.class)
public final class MrqSchedulerAutoConfiguration {}
