package io.mrq.autoconfigure;

import io.mrq.autoconfigure.health.HealthConfiguration;
import io.mrq.autoconfigure.metrics.MetricsConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Metrics and health of MRQ, if the application has metrics and health. */
@AutoConfiguration(
    before = {MrqWorkerAutoConfiguration.class, MrqSchedulerAutoConfiguration.class},
    after = MrqStoresAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@Import({MetricsConfiguration.class, HealthConfiguration.class})
public final class MrqObservabilityAutoConfiguration {}
