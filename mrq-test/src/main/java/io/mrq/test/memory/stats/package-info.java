/** In-memory ports of {@code io.mrq.stats}. */
@NullMarked
package io.mrq.test.memory.stats;

import org.jspecify.annotations.NullMarked;
