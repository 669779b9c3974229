/** In-memory ports of {@code io.mrq.query}. */
@NullMarked
package io.mrq.test.memory.query;

import org.jspecify.annotations.NullMarked;
