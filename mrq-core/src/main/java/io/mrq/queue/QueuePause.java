package io.mrq.queue;

import java.time.Instant;

/**
 * A pause of a queue.
 *
 * @param queue the name that is paused; one without a slash pauses all its subqueues, too
 * @param who paused it
 * @param why for people who find it paused; may be empty
 * @param at when it was paused
 */
public record QueuePause(String queue, String who, String why, Instant at) {}
