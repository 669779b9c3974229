package io.mrq.schedule;

import java.time.Instant;

/**
 * A pause of a schedule.
 *
 * @param who paused it
 * @param why for people who find it paused; may be empty
 * @param at when it was paused
 */
public record SchedulePause(String who, String why, Instant at) {}
