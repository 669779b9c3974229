/** Paused queues on MongoDB, the port of {@code io.mrq.queue}. */
@NullMarked
package io.mrq.mongo.queue;

import org.jspecify.annotations.NullMarked;
