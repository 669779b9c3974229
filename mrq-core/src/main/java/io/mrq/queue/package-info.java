/**
 * Queues: their names, which of them a worker serves, and how an operator pauses them. Applications
 * meet {@link QueueActions}; {@link QueuePauses} is the port behind it.
 */
@NullMarked
package io.mrq.queue;

import org.jspecify.annotations.NullMarked;
