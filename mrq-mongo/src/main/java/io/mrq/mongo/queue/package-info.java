/** The MongoDB side of {@code io.mrq.queue}. */
@NullMarked
package io.mrq.mongo.queue;

import org.jspecify.annotations.NullMarked;
