/** Meters of jobs, queues, workers and stores. */
@NullMarked
package io.mrq.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
