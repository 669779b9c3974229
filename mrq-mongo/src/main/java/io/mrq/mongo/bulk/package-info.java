/** The MongoDB side of {@code io.mrq.bulk}. */
@NullMarked
package io.mrq.mongo.bulk;

import org.jspecify.annotations.NullMarked;
