/**
 * The dispatch index on Redis: ready ids, idle workers and wake-ups, on connections of its own with
 * a circuit breaker before them.
 */
@NullMarked
package io.mrq.redis;

import org.jspecify.annotations.NullMarked;
