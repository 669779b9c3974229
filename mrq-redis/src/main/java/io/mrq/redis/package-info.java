/** The dispatch index on Redis: ready ids, wake-ups, and a circuit breaker around both. */
@NullMarked
package io.mrq.redis;

import org.jspecify.annotations.NullMarked;
