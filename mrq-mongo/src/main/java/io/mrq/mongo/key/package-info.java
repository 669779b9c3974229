/** Idempotency keys on MongoDB, the port of {@code io.mrq.key}. */
@NullMarked
package io.mrq.mongo.key;

import org.jspecify.annotations.NullMarked;
