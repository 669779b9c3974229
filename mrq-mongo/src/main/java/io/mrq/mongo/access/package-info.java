/** The MongoDB side of {@code io.mrq.access}. */
@NullMarked
package io.mrq.mongo.access;

import org.jspecify.annotations.NullMarked;
