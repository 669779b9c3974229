package io.mrq.engine.loop;

import java.time.Duration;

/**
 * That a loop fails now.
 *
 * @param lasting since its first failure in a row
 * @param outage whether it only waits for a store that does not answer; false: a fault of the
 *     program or of the data, which does not pass by itself
 * @param message of the last error, at most 500 characters
 */
public record LoopFailure(Duration lasting, boolean outage, String message) {}
