/** Counts and rates of queues and jobs over time. */
@NullMarked
package io.mrq.stats;

import org.jspecify.annotations.NullMarked;
