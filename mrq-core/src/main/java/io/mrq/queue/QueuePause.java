package io.mrq.queue;

import java.time.Instant;

/**
 * That a queue is paused.
 *
 * @param queue its name; without a slash it pauses all its subqueues too (QUE-16)
 * @param who paused it
 * @param why for the people who find it paused; may be empty
 * @param at since when
 */
public record QueuePause(String queue, String who, String why, Instant at) {}
