/** Counts queues and jobs for charts. */
@NullMarked
package io.mrq.engine.stats;

import org.jspecify.annotations.NullMarked;
