/**
 * The dispatch index on Redis: ready ids, idle notes and wake-ups, on connections of its own behind
 * a circuit breaker.
 */
@NullMarked
package io.mrq.redis;

import org.jspecify.annotations.NullMarked;
