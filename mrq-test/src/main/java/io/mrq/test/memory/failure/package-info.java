/** In-memory ports of {@code io.mrq.failure}. */
@NullMarked
package io.mrq.test.memory.failure;

import org.jspecify.annotations.NullMarked;
