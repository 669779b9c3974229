/** Counts and rates of queues on MongoDB, the ports of {@code io.mrq.stats}. */
@NullMarked
package io.mrq.mongo.stats;

import org.jspecify.annotations.NullMarked;
