package io.mrq.stats;

import java.time.Instant;

/**
 * The counts of one queue in one {@link JobRates#PERIOD}.
 *
 * @param at when the period began
 * @param queue the name, or {@link JobRates#OTHER}
 * @param counts of all processes together
 */
public record JobRate(Instant at, String queue, JobCounts counts) {}
