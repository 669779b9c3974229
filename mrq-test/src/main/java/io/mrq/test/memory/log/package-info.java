/** In-memory ports of {@code io.mrq.log}. */
@NullMarked
package io.mrq.test.memory.log;

import org.jspecify.annotations.NullMarked;
