/** The duties that put lost, interrupted, due and unoffered jobs back to their queues. */
@NullMarked
package io.mrq.engine.recovery;

import org.jspecify.annotations.NullMarked;
