/** Workers as others see them: their beats, their reports, and how to drain them. */
@NullMarked
package io.mrq.worker;

import org.jspecify.annotations.NullMarked;
