/** Idempotency keys, which make a repeated enqueue answer with the first job. */
@NullMarked
package io.mrq.key;

import org.jspecify.annotations.NullMarked;
