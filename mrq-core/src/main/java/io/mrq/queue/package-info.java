/** Queues: their names, which of them a worker serves, and how an operator pauses them. */
@NullMarked
package io.mrq.queue;

import org.jspecify.annotations.NullMarked;
