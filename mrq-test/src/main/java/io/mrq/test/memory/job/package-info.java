/** In-memory ports of {@code io.mrq.job}. */
@NullMarked
package io.mrq.test.memory.job;

import org.jspecify.annotations.NullMarked;
