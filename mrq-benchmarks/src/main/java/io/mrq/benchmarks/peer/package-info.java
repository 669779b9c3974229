/** Other queues, measured beside MRQ in the same run: BullMQ and db-scheduler. */
@NullMarked
package io.mrq.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
