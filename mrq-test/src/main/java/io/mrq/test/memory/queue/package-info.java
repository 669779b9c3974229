/** In-memory ports of {@code io.mrq.queue}. */
@NullMarked
package io.mrq.test.memory.queue;

import org.jspecify.annotations.NullMarked;
