/** In-memory ports of {@code io.mrq.worker}. */
@NullMarked
package io.mrq.test.memory.worker;

import org.jspecify.annotations.NullMarked;
