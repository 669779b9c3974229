/** The MongoDB side of {@code io.mrq.audit}. */
@NullMarked
package io.mrq.mongo.audit;

import org.jspecify.annotations.NullMarked;
