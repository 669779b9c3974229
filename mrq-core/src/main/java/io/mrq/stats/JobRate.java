package io.mrq.stats;

import java.time.Instant;

/**
 * What happened to the jobs of one queue in one period of {@link JobRates#PERIOD}.
 *
 * @param at the beginning of the period
 * @param queue its name, or {@link JobRates#OTHER}
 * @param counts of all processes together
 */
public record JobRate(Instant at, String queue, JobCounts counts) {}
