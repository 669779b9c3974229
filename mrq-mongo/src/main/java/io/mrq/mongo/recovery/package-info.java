/** The MongoDB side of {@code io.mrq.recovery}. */
@NullMarked
package io.mrq.mongo.recovery;

import org.jspecify.annotations.NullMarked;
