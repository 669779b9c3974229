/** In-memory ports of {@code io.mrq.audit}. */
@NullMarked
package io.mrq.test.memory.audit;

import org.jspecify.annotations.NullMarked;
