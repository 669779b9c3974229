/** In-memory ports of {@code io.mrq.bulk}. */
@NullMarked
package io.mrq.test.memory.bulk;

import org.jspecify.annotations.NullMarked;
