/** In-memory ports of {@code io.mrq.dispatch}. */
@NullMarked
package io.mrq.test.memory.dispatch;

import org.jspecify.annotations.NullMarked;
