/** In-memory ports of {@code io.mrq.store}. */
@NullMarked
package io.mrq.test.memory.store;

import org.jspecify.annotations.NullMarked;
