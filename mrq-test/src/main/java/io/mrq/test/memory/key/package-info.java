/** In-memory ports of {@code io.mrq.key}. */
@NullMarked
package io.mrq.test.memory.key;

import org.jspecify.annotations.NullMarked;
