/** In-memory ports of {@code io.mrq.access}. */
@NullMarked
package io.mrq.test.memory.access;

import org.jspecify.annotations.NullMarked;
