package io.mrq.engine.loop;

import java.time.Duration;

/**
 * The failure of a loop that does not work at present.
 *
 * @param lasting since its first failure in a row
 * @param outage whether it only waits for a store that does not answer; false for a fault of the
 *     program or of the data, which does not go away by itself
 * @param message of the last error, at most 500 characters
 */
public record LoopFailure(Duration lasting, boolean outage, String message) {}
