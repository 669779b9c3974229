/** Counts of unfinished jobs, and rates of enqueued and ended ones. */
@NullMarked
package io.mrq.stats;

import org.jspecify.annotations.NullMarked;
