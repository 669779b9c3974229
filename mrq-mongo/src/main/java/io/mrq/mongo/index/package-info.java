/** The indexes that the stores need, and how they are created. */
@NullMarked
package io.mrq.mongo.index;

import org.jspecify.annotations.NullMarked;
