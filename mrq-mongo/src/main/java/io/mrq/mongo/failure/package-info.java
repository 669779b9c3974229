/** The MongoDB side of {@code io.mrq.failure}. */
@NullMarked
package io.mrq.mongo.failure;

import org.jspecify.annotations.NullMarked;
