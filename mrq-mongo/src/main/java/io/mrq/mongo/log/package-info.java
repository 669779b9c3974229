/** The MongoDB side of {@code io.mrq.log}. */
@NullMarked
package io.mrq.mongo.log;

import org.jspecify.annotations.NullMarked;
