/** In-memory ports of {@code io.mrq.recovery}. */
@NullMarked
package io.mrq.test.memory.recovery;

import org.jspecify.annotations.NullMarked;
