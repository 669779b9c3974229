/** Queues over HTTP. */
@NullMarked
package io.mrq.api.queue;

import org.jspecify.annotations.NullMarked;
