/** The MongoDB side of {@code io.mrq.stats}. */
@NullMarked
package io.mrq.mongo.stats;

import org.jspecify.annotations.NullMarked;
