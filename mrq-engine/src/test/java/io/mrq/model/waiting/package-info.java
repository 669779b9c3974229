/** The model of a worker that waits for work on two queues. */
@NullMarked
package io.mrq.model.waiting;

import org.jspecify.annotations.NullMarked;
